package dev.headroom.core.sql;

import dev.headroom.core.digest.ValueDigester;
import dev.headroom.core.digest.ValueReader;
import dev.headroom.core.trace.Digests;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Collects one statement's literals as digests, and the order in which literals and parameters appear. For one thread. */
final class Literals {
    private static final int KEPT = 1_024;

    private final @Nullable ValueReader reader;
    private final StringEscapes escapes = new StringEscapes();
    private long[] digests = new long[32];
    private int count;
    private int[] places = new int[32];
    private int placeCount;
    private int lastParameter;
    private boolean inOrder;

    Literals(@Nullable ValueDigester digester) {
        reader = digester == null ? null : new ValueReader(digester);
    }

    void reset() {
        count = 0;
        placeCount = 0;
        lastParameter = 0;
        inOrder = true;
    }

    /** What literals are digested with; null where they are dropped. */
    @Nullable
    ValueReader reader() {
        return reader;
    }

    /** Which digest the next literal's will be. */
    int next() {
        return count;
    }

    Digests take() {
        return Digests.copyOf(digests, count);
    }

    /** The order of values; null where bound values alone, in their own order, are all there is, or literals alone. */
    int @Nullable [] takeOrder() {
        boolean plain = lastParameter == 0 || inOrder && count == 0;
        return plain || reader == null || placeCount > KEPT ? null : Arrays.copyOf(places, placeCount);
    }

    /** The parameter {@code $number}; 0 for the next one in order. */
    void addParameter(int number) {
        int parameter = number > 0 ? number : lastParameter + 1;
        inOrder &= parameter == lastParameter + 1;
        lastParameter = parameter;
        place(parameter);
    }

    void addNull() {
        if (reader != null) {
            add(Digests.NULL_VALUE);
        }
    }

    void addBoolean(boolean value) {
        if (reader != null) {
            add(reader.bool(value));
        }
    }

    void addNumber(byte[] text, int start, int end) {
        if (reader != null) {
            add(reader.number(text, start, end - start));
        }
    }

    /**
     * A quoted literal.
     *
     * @param escape what begins an escape within; 0 where nothing does
     * @param type what it is cast to on the spot, 0 where unknown
     */
    void addString(byte[] text, int start, int end, StringForm form, byte escape, int type) {
        if (reader == null) {
            return;
        }
        if (form == StringForm.DOLLAR || StringEscapes.isPlain(text, start, end, escape)) {
            add(reader.text(type, text, start, end - start));
            return;
        }
        escapes.read(text, start, end, form, escape);
        add(reader.text(type, escapes.bytes(), 0, escapes.length()));
    }

    private void add(long digest) {
        place(0);
        if (count == KEPT) {
            digests[KEPT - 1] = digests[KEPT - 1] * 31 + digest | 1;
            return;
        }
        if (count == digests.length) {
            digests = Arrays.copyOf(digests, count * 2);
        }
        digests[count++] = digest;
    }

    private void place(int parameter) {
        if (placeCount < places.length) {
            places[placeCount] = parameter;
        } else if (placeCount <= KEPT) {
            places = Arrays.copyOf(places, placeCount * 2);
            places[placeCount] = parameter;
        }
        placeCount = Math.min(placeCount + 1, KEPT + 1);
    }
}
