package dev.headroom.core.sql;

/**
 * Where a string literal goes on: two that only white space with a line break separates are one (PostgreSQL's manual,
 * 4.1.2.1; {@code quotecontinue} in {@code scan.l}, to which comments up to the line's end are white space).
 */
final class Continuation {
    private Continuation() {}

    /** The opening quote of the next part of a literal whose last part ends before {@code from}; -1 for none. */
    static int quote(byte[] text, int from, int limit) {
        boolean broken = false;
        int i = from;
        while (i < limit) {
            byte c = text[i];
            if (c == '\n' || c == '\r') {
                broken = true;
                i++;
            } else if (c == ' ' || c == '\t' || c == '\f' || c == '\u000b') {
                i++;
            } else if (c == '-' && i + 1 < limit && text[i + 1] == '-') {
                i = lineEnd(text, i, limit);
            } else {
                return broken && c == '\'' ? i : -1;
            }
        }
        return -1;
    }

    private static int lineEnd(byte[] text, int from, int limit) {
        int i = from;
        while (i < limit && text[i] != '\n' && text[i] != '\r') {
            i++;
        }
        return i;
    }
}
