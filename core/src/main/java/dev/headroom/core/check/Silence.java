package dev.headroom.core.check;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A rule of the user's that takes findings out of the report. All that it names must match.
 *
 * @param check the check; null for any
 * @param route a route or an operation ({@code /api/orders}, {@code GET /api/orders}), {@code *} for any characters;
 *     null for any
 * @param shape a shape's id in hexadecimal, or a part of its text; null for any
 * @param id a finding's id; null for any
 * @param callSite the start of a call site's {@code file:line}, or its function; null for any
 * @param reason why, for the next reader
 * @param expires the last day on which it holds; null for ever
 */
public record Silence(
        @Nullable String check,
        @Nullable String route,
        @Nullable String shape,
        @Nullable String id,
        @Nullable String callSite,
        String reason,
        @Nullable LocalDate expires) {
    public Silence {
        if (check == null && route == null && shape == null && id == null && callSite == null) {
            throw new IllegalArgumentException("a silence must name a check, route, shape, id or call site");
        }
        if (reason.isBlank()) {
            throw new IllegalArgumentException("a silence needs a reason");
        }
    }

    /** Whether it still holds on {@code day}. */
    public boolean holdsOn(LocalDate day) {
        return expires == null || !day.isAfter(expires);
    }

    /** Whether it names {@code finding}. */
    public boolean matches(Finding finding) {
        return (check == null || check.equals(finding.check()))
                && (id == null || id.equals(finding.id()))
                && (route == null || matchesRoute(route, finding.operation()))
                && (shape == null || matchesShape(shape, finding))
                && (callSite == null || matchesCallSite(callSite, finding));
    }

    /** What it names, for messages. */
    public String text() {
        StringBuilder text = new StringBuilder();
        append(text, "check", check);
        append(text, "route", route);
        append(text, "shape", shape);
        append(text, "id", id);
        append(text, "call site", callSite);
        return text.toString();
    }

    private static void append(StringBuilder text, String name, @Nullable String value) {
        if (value != null) {
            text.append(text.length() > 0 ? ", " : "").append(name).append(' ').append(value);
        }
    }

    private static boolean matchesRoute(String pattern, String operation) {
        return RoutePattern.matches(pattern, operation);
    }

    private static boolean matchesShape(String wanted, Finding finding) {
        return finding.shapes().stream()
                .anyMatch(shape -> Long.toHexString(shape.id()).equalsIgnoreCase(wanted)
                        || shape.text().contains(wanted));
    }

    private static boolean matchesCallSite(String wanted, Finding finding) {
        return finding.callSite() != null
                && (finding.callSite().place().startsWith(wanted)
                        || finding.callSite().function().equals(wanted));
    }
}
