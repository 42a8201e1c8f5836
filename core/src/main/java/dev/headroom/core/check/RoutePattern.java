package dev.headroom.core.check;

/** Matches operations ({@code GET /api/orders}) with what users write for them. */
final class RoutePattern {
    private RoutePattern() {}

    /** Whether {@code pattern}, with or without a method, names {@code operation}; {@code *} is any characters. */
    static boolean matches(String pattern, String operation) {
        return glob(pattern, 0, operation, 0)
                || pattern.indexOf(' ') < 0 && glob(pattern, 0, operation, operation.indexOf(' ') + 1);
    }

    private static boolean glob(String pattern, int p, String text, int t) {
        int i = p;
        int j = t;
        while (i < pattern.length()) {
            if (pattern.charAt(i) == '*') {
                for (int rest = text.length(); rest >= j; rest--) {
                    if (glob(pattern, i + 1, text, rest)) {
                        return true;
                    }
                }
                return false;
            }
            if (j >= text.length() || text.charAt(j) != pattern.charAt(i)) {
                return false;
            }
            i++;
            j++;
        }
        return j == text.length();
    }
}
