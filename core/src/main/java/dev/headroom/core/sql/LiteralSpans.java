package dev.headroom.core.sql;

/**
 * Where the literals of one statement lie in its text, as far as others of the same form can be found there without
 * lexing: unsigned decimal numbers, and plain strings without a quote in them. For one thread.
 */
final class LiteralSpans {
    /** Of a statement with more, nothing is told. */
    static final int MOST = 16;

    /** The type of a number; that of a string is what it is cast to. */
    static final int NUMBER = -1;

    final int[] starts = new int[MOST];
    final int[] ends = new int[MOST];
    final int[] types = new int[MOST];

    /** Which of the statement's digests is the literal's. */
    final int[] places = new int[MOST];

    private int count;
    private boolean whole;

    void reset() {
        count = 0;
        whole = true;
    }

    int count() {
        return count;
    }

    /** Whether it tells of every literal but NULL, TRUE and FALSE, which are words. */
    boolean whole() {
        return whole;
    }

    void number(byte[] text, int start, int end, int place) {
        boolean plain = isDigit(text[start]);
        for (int i = start; i < end; i++) {
            plain &= isDecimal(text[i]);
        }
        add(plain, start, end, NUMBER, place);
    }

    void string(byte[] text, int start, int end, StringForm form, int type, int place) {
        boolean plain = form == StringForm.PLAIN && text[start] == '\'' && closingQuote(text, start, end) == end - 1;
        add(plain, start, end, type, place);
    }

    private void add(boolean plain, int start, int end, int type, int place) {
        if (!plain || count == MOST) {
            whole = false;
            return;
        }
        starts[count] = start;
        ends[count] = end;
        types[count] = type;
        places[count] = place;
        count++;
    }

    static boolean isDigit(byte c) {
        return c >= '0' && c <= '9';
    }

    static boolean isDecimal(byte c) {
        return isDigit(c) || c == '.';
    }

    /** Where the next quote after the one at {@code start} is; -1 for nowhere before {@code end}. */
    static int closingQuote(byte[] text, int start, int end) {
        for (int i = start + 1; i < end; i++) {
            if (text[i] == '\'') {
                return i;
            }
        }
        return -1;
    }
}
