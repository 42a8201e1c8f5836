package dev.headroom.core.digest;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Reads big-endian numbers. */
final class Binary {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private Binary() {}

    /** A signed integer of 2, 4 or 8 bytes. */
    static long integer(byte[] bytes, int offset, int length) {
        return switch (length) {
            case 2 -> int2(bytes, offset);
            case 4 -> int4(bytes, offset);
            default -> int8(bytes, offset);
        };
    }

    static short int2(byte[] bytes, int offset) {
        return (short) SHORT.get(bytes, offset);
    }

    static int int4(byte[] bytes, int offset) {
        return (int) INT.get(bytes, offset);
    }

    static long int8(byte[] bytes, int offset) {
        return (long) LONG.get(bytes, offset);
    }

    static float float4(byte[] bytes, int offset) {
        return Float.intBitsToFloat(int4(bytes, offset));
    }

    static double float8(byte[] bytes, int offset) {
        return Double.longBitsToDouble(int8(bytes, offset));
    }
}
