package dev.headroom.cli.address;

import java.net.InetSocketAddress;

/**
 * Where the app connects instead of to a server.
 *
 * @param host an IP address; of a Unix socket, the absolute path of its folder
 * @param port its port; of a Unix socket, the number in its file's name
 */
public record StandIn(String host, int port) {
    public StandIn {
        if (host.isEmpty() || port < 1 || port > 65_535) {
            throw new IllegalArgumentException("no host, or no port between 1 and 65535: " + host + ", " + port);
        }
    }

    /** A port of an IP address. */
    public static StandIn at(InetSocketAddress address) {
        return new StandIn(address.getAddress().getHostAddress(), address.getPort());
    }

    /** Whether it is a Unix socket, {@code .s.PGSQL.<port>} in its folder. */
    public boolean isSocket() {
        return host.startsWith("/");
    }
}
