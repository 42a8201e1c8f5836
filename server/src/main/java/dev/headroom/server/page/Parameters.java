package dev.headroom.server.page;

import dev.headroom.core.HeadroomException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parameters of a question. */
record Parameters(Map<String, String> values) {

    static Parameters of(@Nullable String query) {
        Map<String, String> values = new HashMap<>();
        for (String pair : query == null ? new String[0] : query.split("&", 50)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                values.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        return new Parameters(values);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new HeadroomException("The question's parameters are not well formed.", e);
        }
    }

    @Nullable
    String text(String name) {
        return values.get(name);
    }

    String text(String name, String otherwise) {
        return values.getOrDefault(name, otherwise);
    }

    int number(String name, int otherwise) {
        String value = values.get(name);
        try {
            return value == null ? otherwise : Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new HeadroomException("The parameter " + name + " is not a number.", e);
        }
    }

    /** From {@code from} to {@code to}, in milliseconds since the run's start; all of it where they are missing. */
    TimeRange range(RunView view) {
        long origin = view.ask(RunView::origin);
        return new TimeRange(
                values.containsKey("from") ? origin + nanos("from") : Long.MIN_VALUE,
                values.containsKey("to") ? origin + nanos("to") : Long.MAX_VALUE);
    }

    private long nanos(String name) {
        try {
            double millis = Double.parseDouble(values.getOrDefault(name, ""));
            if (!(Math.abs(millis) < 1e12)) {
                throw new HeadroomException("The parameter " + name + " is out of range.");
            }
            return (long) (millis * 1e6);
        } catch (NumberFormatException e) {
            throw new HeadroomException("The parameter " + name + " is not a number.", e);
        }
    }
}
