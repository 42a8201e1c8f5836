package dev.headroom.proxy.http;

/** The character classes of HTTP (RFC 9110, section 5.6) and comparisons on bytes. */
final class Octets {
    private static final boolean[] TOKEN = new boolean[128];

    static {
        for (char c = '0'; c <= '9'; c++) {
            TOKEN[c] = true;
        }
        for (char c = 'a'; c <= 'z'; c++) {
            TOKEN[c] = true;
            TOKEN[Character.toUpperCase(c)] = true;
        }
        for (char c : "!#$%&'*+-.^_`|~".toCharArray()) {
            TOKEN[c] = true;
        }
    }

    private Octets() {}

    static boolean isToken(byte octet) {
        return octet >= 0 && TOKEN[octet];
    }

    static boolean isBlank(byte octet) {
        return octet == ' ' || octet == '\t';
    }

    static boolean isDigit(byte octet) {
        return octet >= '0' && octet <= '9';
    }

    /** The value of a hexadecimal digit, or -1. */
    static int hex(byte octet) {
        if (octet >= '0' && octet <= '9') {
            return octet - '0';
        }
        int lower = octet | 0x20;
        return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
    }

    /** Whether the bytes from {@code from} on, of which there are enough, are {@code text}. */
    static boolean equal(byte[] bytes, int from, String text) {
        for (int i = 0; i < text.length(); i++) {
            if (bytes[from + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the bytes are {@code text}, which is given in lower case, in any case. */
    static boolean equalsIgnoreCase(byte[] bytes, int from, int end, String text) {
        if (end - from != text.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            int octet = bytes[from + i];
            if (octet >= 'A' && octet <= 'Z') {
                octet += 'a' - 'A';
            }
            if (octet != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Whether a comma-separated list holds {@code token}, which is given in lower case. */
    static boolean lists(byte[] bytes, int from, int end, String token) {
        if (end - from <= token.length()) {
            return equalsIgnoreCase(bytes, from, end, token); // the parts of a list are shorter than all of it
        }
        int at = from;
        while (at < end) {
            int next = at;
            while (next < end && bytes[next] != ',') {
                next++;
            }
            int first = at;
            int last = next;
            while (first < last && isBlank(bytes[first])) {
                first++;
            }
            while (last > first && isBlank(bytes[last - 1])) {
                last--;
            }
            if (equalsIgnoreCase(bytes, first, last, token)) {
                return true;
            }
            at = next + 1;
        }
        return false;
    }
}
