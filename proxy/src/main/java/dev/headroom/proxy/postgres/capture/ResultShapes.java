package dev.headroom.proxy.postgres.capture;

import dev.headroom.proxy.postgres.message.Body;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Remembers result shapes by the bytes that described them, so that one that comes again is not read again. */
final class ResultShapes {
    private static final int SLOTS = 1 << 10;
    private static final int LONGEST = 8 * 1024;

    private static final class Known {
        final byte[] description;
        final ResultShape shape;

        Known(byte[] description, ResultShape shape) {
            this.description = description;
            this.shape = shape;
        }
    }

    private final @Nullable Known[] slots = new @Nullable Known[SLOTS];
    private final Body body = new Body();

    ResultShape read(byte[] bytes, int offset, int length) {
        if (length > LONGEST) {
            return ResultShape.read(body.over(bytes, offset, length));
        }
        int hash = length;
        for (int i = offset; i < offset + length; i++) {
            hash = hash * 31 + bytes[i];
        }
        int slot = (hash ^ (hash >>> 16)) & (SLOTS - 1);
        Known known = slots[slot];
        if (known != null
                && Arrays.equals(known.description, 0, known.description.length, bytes, offset, offset + length)) {
            return known.shape;
        }
        ResultShape shape = ResultShape.read(body.over(bytes, offset, length));
        slots[slot] = new Known(Arrays.copyOfRange(bytes, offset, offset + length), shape);
        return shape;
    }
}
