package dev.headroom.core.report;

import java.util.Locale;

/** Numbers as reports print them: at most four significant digits, thousands apart, units named. */
final class Figures {
    private Figures() {}

    static String count(long number) {
        return number < 10_000_000
                ? String.format(Locale.ROOT, "%,d", number)
                : String.format(Locale.ROOT, "%,.1fM", number / 1e6);
    }

    /** Milliseconds without their unit. */
    static String millis(double nanos) {
        double millis = nanos / 1e6;
        return millis >= 9.95
                ? String.format(Locale.ROOT, "%,.0f", millis)
                : String.format(Locale.ROOT, "%.1f", millis);
    }

    /** A duration with its unit. */
    static String time(double nanos) {
        if (nanos >= 100e9) {
            return String.format(Locale.ROOT, "%.0f min %.0f s", Math.floor(nanos / 60e9), nanos % 60e9 / 1e9);
        }
        return nanos >= 1e9 ? String.format(Locale.ROOT, "%.1f s", nanos / 1e9) : millis(nanos) + " ms";
    }

    /** Kilobytes (1,000 bytes) without their unit. */
    static String kilobytes(long bytes) {
        return bytes > 0 && bytes < 9_950
                ? String.format(Locale.ROOT, "%.1f", bytes / 1e3)
                : String.format(Locale.ROOT, "%,.0f", bytes / 1e3);
    }

    /** A size with its unit. */
    static String size(long bytes) {
        return bytes < 1_000_000 ? kilobytes(bytes) + " KB" : String.format(Locale.ROOT, "%,.0f MB", bytes / 1e6);
    }

    /** Memory in units of 1,024 x 1,024 bytes, as hosting plans, {@code free} and {@code -Xmx} count it. */
    static String memory(long bytes) {
        return String.format(Locale.ROOT, "%,.0f MB", bytes / 1048576.0);
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f%%", share * 100);
    }

    /** {@code 1 query}, {@code 2 queries}. */
    static String of(long number, String one, String several) {
        return count(number) + " " + (number == 1 ? one : several);
    }
}
