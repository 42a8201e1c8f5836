package dev.headroom.cli.address;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A host and a port as an address list has them.
 *
 * @param host percent-decoded, without brackets; empty where none is named
 * @param port 0 where none is named
 */
record HostPort(String host, int port) {

    /** Reads {@code host:port,[::1]:port,…}; ports may be left out. */
    static List<HostPort> list(String text) {
        List<HostPort> hosts = new ArrayList<>();
        for (String item : text.split(",", -1)) {
            hosts.add(parse(item));
        }
        return hosts;
    }

    /** Reads hosts and ports that are listed apart, as libpq has them: one port for all hosts, or one each. */
    static List<HostPort> pair(String hosts, String ports) {
        String[] names = hosts.split(",", -1);
        String[] numbers = ports.split(",", -1);
        if (numbers.length > 1 && numbers.length != names.length) {
            throw new UnusableAddressException(numbers.length + " ports for " + names.length
                    + " hosts: give one port for all of them or one each");
        }
        List<HostPort> list = new ArrayList<>();
        for (int i = 0; i < names.length; i++) {
            list.add(new HostPort(names[i].strip(), port(numbers[numbers.length == 1 ? 0 : i])));
        }
        return list;
    }

    private static HostPort parse(String item) {
        if (item.startsWith("[")) {
            int end = item.indexOf(']');
            if (end < 0) {
                throw new UnusableAddressException("an IPv6 address lacks its closing bracket");
            }
            String rest = item.substring(end + 1);
            if (!rest.isEmpty() && !rest.startsWith(":")) {
                throw new UnusableAddressException("only a port may follow an IPv6 address in brackets");
            }
            return new HostPort(item.substring(1, end), rest.isEmpty() ? 0 : port(rest.substring(1)));
        }
        int colon = item.lastIndexOf(':');
        if (colon < 0 || item.startsWith("/")) {
            return new HostPort(decode(item), 0);
        }
        return new HostPort(decode(item.substring(0, colon)), port(item.substring(colon + 1)));
    }

    private static int port(String text) {
        String digits = text.strip();
        if (digits.isEmpty()) {
            return 0;
        }
        // the text itself is not shown: with a mistake in the URL it may be a part of the password
        if (!digits.chars().allMatch(c -> c >= '0' && c <= '9') || digits.length() > 5) {
            throw new UnusableAddressException("the port is not a number between 1 and 65535");
        }
        int port = Integer.parseInt(digits);
        if (port < 1 || port > 65_535) {
            throw new UnusableAddressException("the port is " + port + ", and must be between 1 and 65535");
        }
        return port;
    }

    private static String decode(String text) {
        try {
            // a plus sign is itself in the authority of a URI
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new UnusableAddressException("the host has a broken percent-encoding");
        }
    }
}
