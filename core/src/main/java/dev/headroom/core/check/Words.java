package dev.headroom.core.check;

import java.util.Locale;

/** Numbers in findings' texts. */
final class Words {
    private Words() {}

    /** {@code 1 query}, {@code 2 queries}. */
    static String count(long number, String one, String several) {
        return String.format(Locale.ROOT, "%,d %s", number, number == 1 ? one : several);
    }

    /** A duration: {@code 0.4 ms}, {@code 31 s}. */
    static String time(double nanos) {
        if (nanos >= 10e9) {
            return String.format(Locale.ROOT, "%,.0f s", nanos / 1e9);
        }
        if (nanos >= 1e9) {
            return String.format(Locale.ROOT, "%.1f s", nanos / 1e9);
        }
        return String.format(Locale.ROOT, nanos >= 10e6 ? "%.0f ms" : "%.1f ms", nanos / 1e6);
    }

    /** A size: {@code 4.2 KB}, {@code 3.1 MB}. */
    static String size(double bytes) {
        return bytes < 1e6
                ? String.format(Locale.ROOT, bytes < 10e3 ? "%.1f KB" : "%.0f KB", bytes / 1e3)
                : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f%%", share * 100);
    }
}
