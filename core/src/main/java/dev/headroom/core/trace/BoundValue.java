package dev.headroom.core.trace;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One parameter as it was bound. Holds a user's value, so it exists only where the user asked for that.
 *
 * @param type the OID of its type; 0 where the server was left to infer it
 * @param binary whether it is in the type's binary format, else in its text format
 * @param value its bytes, read-only; null for NULL
 */
public record BoundValue(int type, boolean binary, @Nullable ByteBuffer value) {
    public BoundValue {
        value = value == null ? null : value.asReadOnlyBuffer();
    }

    /** A copy of the bytes; null for NULL. */
    public byte @Nullable [] bytes() {
        if (value == null) {
            return null;
        }
        byte[] copy = new byte[value.remaining()];
        value.duplicate().get(copy);
        return copy;
    }

    /** Says nothing of the value. */
    @Override
    public String toString() {
        return "BoundValue[type=" + type + ", binary=" + binary + "]";
    }
}
