package dev.headroom.cli.address;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The parameters of a URL, each kept as it was written. Immutable. */
final class UrlParameters {
    private final List<String> written;

    private UrlParameters(List<String> written) {
        this.written = List.copyOf(written);
    }

    /** Reads what follows the question mark. */
    static UrlParameters parse(String query) {
        List<String> parts = new ArrayList<>();
        for (String part : query.split("&", -1)) {
            if (!part.isEmpty()) {
                parts.add(part);
            }
        }
        return new UrlParameters(parts);
    }

    /** The decoded value of the last parameter of that name, in any case; null where there is none. */
    @Nullable
    String get(String name) {
        List<String> all = all(name);
        return all.isEmpty() ? null : all.get(all.size() - 1);
    }

    /** The decoded values of all parameters of that name, in any case. */
    List<String> all(String name) {
        List<String> values = new ArrayList<>();
        for (String part : written) {
            if (name(part).equals(name.toLowerCase(Locale.ROOT))) {
                int equals = part.indexOf('=');
                values.add(equals < 0 ? "" : decode(part.substring(equals + 1)));
            }
        }
        return values;
    }

    /** Without those whose lower-case name passes. */
    UrlParameters without(Predicate<String> lowerCaseName) {
        return new UrlParameters(
                written.stream().filter(part -> !lowerCaseName.test(name(part))).toList());
    }

    /** With one more, as it is to be written. */
    UrlParameters plus(String part) {
        List<String> more = new ArrayList<>(written);
        more.add(part);
        return new UrlParameters(more);
    }

    /** With all of {@code others} behind them. */
    UrlParameters plus(UrlParameters others) {
        List<String> more = new ArrayList<>(written);
        more.addAll(others.written);
        return new UrlParameters(more);
    }

    /** As they are written after the path, with their question mark; empty where there are none. */
    @Override
    public String toString() {
        return written.isEmpty() ? "" : "?" + String.join("&", written);
    }

    private static String name(String part) {
        int equals = part.indexOf('=');
        return (equals < 0 ? part : part.substring(0, equals)).toLowerCase(Locale.ROOT);
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new UnusableAddressException("a parameter has a broken percent-encoding");
        }
    }
}
