package dev.headroom.core.sql;

import dev.headroom.core.digest.ValueDigester;
import dev.headroom.core.trace.Digests;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Collects the digests of one statement's literals in their canonical form. For one thread. */
final class Literals {
    private static final int KEPT = 1_024;
    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);

    private final @Nullable ValueDigester digester;
    private long[] digests = new long[32];
    private int count;
    private byte[] unescaped = new byte[256];

    Literals(@Nullable ValueDigester digester) {
        this.digester = digester;
    }

    void reset() {
        count = 0;
    }

    Digests take() {
        return Digests.copyOf(digests, count);
    }

    void addNull() {
        add(Digests.NULL_VALUE);
    }

    void addBoolean(boolean value) {
        byte[] text = value ? TRUE : FALSE;
        addText(text, 0, text.length);
    }

    /** A number as PostgreSQL would print it: no plus sign, no zeros at the end of a fraction. */
    void addNumber(byte[] text, int start, int end) {
        int from = text[start] == '+' ? start + 1 : start;
        int to = end;
        if (isFraction(text, from, end)) {
            while (text[to - 1] == '0') {
                to--;
            }
            if (text[to - 1] == '.') {
                to--;
            }
        }
        addText(text, from, to - from);
    }

    private static boolean isFraction(byte[] text, int start, int end) {
        boolean point = false;
        for (int i = start; i < end; i++) {
            byte c = text[i];
            if (c == '.') {
                point = true;
            } else if (!(c >= '0' && c <= '9' || c == '-')) {
                return false;
            }
        }
        return point;
    }

    void addString(byte[] text, int start, int end, StringForm form) {
        if (digester == null) {
            return;
        }
        if (form == StringForm.DOLLAR || form == StringForm.BITS || isPlain(text, start, end, form)) {
            addText(text, start, end - start);
            return;
        }
        if (unescaped.length < end - start) {
            unescaped = new byte[Math.max(end - start, unescaped.length * 2)];
        }
        int length = 0;
        for (int i = start; i < end; i++) {
            byte c = text[i];
            if (c == '\'' && i + 1 < end && text[i + 1] == '\'') {
                i++;
            } else if (c == '\\' && form == StringForm.ESCAPED && i + 1 < end) {
                c = unescape(text[++i]);
            }
            unescaped[length++] = c;
        }
        addText(unescaped, 0, length);
    }

    private static boolean isPlain(byte[] text, int start, int end, StringForm form) {
        for (int i = start; i < end; i++) {
            if (text[i] == '\'' || text[i] == '\\' && form == StringForm.ESCAPED) {
                return false;
            }
        }
        return true;
    }

    private static byte unescape(byte c) {
        return switch (c) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> c;
        };
    }

    private void addText(byte[] text, int start, int length) {
        if (digester != null) {
            add(digester.digest(text, start, length));
        }
    }

    private void add(long digest) {
        if (digester == null) {
            return;
        }
        if (count == KEPT) {
            digests[KEPT - 1] = digests[KEPT - 1] * 31 + digest | 1;
            return;
        }
        if (count == digests.length) {
            digests = Arrays.copyOf(digests, count * 2);
        }
        digests[count++] = digest;
    }
}
