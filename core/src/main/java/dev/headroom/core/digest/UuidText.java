package dev.headroom.core.digest;

/** UUIDs in lower case with hyphens, as PostgreSQL renders them. */
final class UuidText {
    private UuidText() {}

    /** Writes the text of 16 bytes. */
    static boolean write(byte[] bytes, int offset, TextBuffer out) {
        out.hex(bytes, offset, 4);
        for (int group = 4; group < 10; group += 2) {
            out.add('-');
            out.hex(bytes, offset + group, 2);
        }
        out.add('-');
        return out.hex(bytes, offset + 10, 6);
    }

    /**
     * Writes what is known to be a UUID in any spelling that PostgreSQL reads (uuid_in: capitals, without hyphens or with
     * them between any groups of four digits, in braces); false where {@code text} is none.
     */
    static boolean canonical(byte[] text, int offset, int length, TextBuffer out) {
        int start = out.length();
        boolean braces = length > 2 && text[offset] == '{' && text[offset + length - 1] == '}';
        int end = braces ? offset + length - 1 : offset + length;
        int digits = 0;
        for (int i = braces ? offset + 1 : offset; i < end; i++) {
            byte c = text[i];
            if (c == '-' && digits > 0 && digits % 4 == 0 && digits < 32) {
                continue;
            }
            if (Character.digit(c, 16) < 0 || digits == 32) {
                out.truncate(start);
                return false;
            }
            if (digits == 8 || digits == 12 || digits == 16 || digits == 20) {
                out.add('-');
            }
            out.add(c >= 'A' && c <= 'F' ? c + 32 : c);
            digits++;
        }
        if (digits < 32) {
            out.truncate(start);
        }
        return digits == 32;
    }

    /** Writes {@code text} in lower case if it is a UUID with a capital in it; false where it stands as it is. */
    static boolean lowerCase(byte[] text, int offset, int length, TextBuffer out) {
        if (length != 36 || text[offset + 8] != '-' || text[offset + 13] != '-') {
            return false;
        }
        boolean capitals = false;
        for (int i = 0; i < 36; i++) {
            byte c = text[offset + i];
            boolean hyphen = i == 8 || i == 13 || i == 18 || i == 23;
            capitals |= c >= 'A' && c <= 'F';
            if (hyphen ? c != '-' : Character.digit(c, 16) < 0) {
                return false;
            }
        }
        if (!capitals) {
            return false;
        }
        for (int i = 0; i < 36; i++) {
            byte c = text[offset + i];
            out.add(c >= 'A' && c <= 'F' ? c + 32 : c);
        }
        return true;
    }
}
