package dev.headroom.core.sql;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A fast 64-bit hash of bytes, the same in every run and version: shapes' ids are made of it. Multiply-and-fold over
 * little-endian words, as wyhash does it; not for keeping anything secret.
 */
final class Hash64 {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long SEED = 0xa0761d6478bd642fL;
    private static final long FACTOR = 0xe7037ed1a0b428dbL;

    private Hash64() {}

    static long of(byte[] bytes, int offset, int length) {
        long hash = SEED ^ length;
        int position = offset;
        int end = offset + length;
        for (int words = offset + (length & ~7); position < words; position += 8) {
            hash = fold(hash ^ (long) LONGS.get(bytes, position));
        }
        long last = 0;
        for (int shift = 0; position < end; position++, shift += 8) {
            last |= (bytes[position] & 0xFFL) << shift;
        }
        return fold(fold(hash ^ last));
    }

    private static long fold(long value) {
        return Math.multiplyHigh(value, FACTOR) ^ value * FACTOR;
    }
}
