package dev.headroom.proxy.http;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Eight bytes looked at in one step, in whatever order. Arithmetic from H. S. Warren, Hacker's Delight, section 6-1: a
 * byte's high bit is left set where a subtraction borrowed for it. It may say yes of bytes behind one that is really meant,
 * never no of one that is.
 */
final class EightOctets {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;

    private EightOctets() {}

    /** The bytes from {@code from} on. */
    static long at(byte[] bytes, int from) {
        return (long) LONGS.get(bytes, from);
    }

    /** Whether one of them is LF. */
    static boolean hasLineFeed(long octets) {
        return hasZero(octets ^ ONES * '\n');
    }

    /** Whether one of them is a control character: below the blank, or DEL. */
    static boolean hasControl(long octets) {
        long belowBlank = octets - ONES * ' ' & ~octets & HIGH_BITS;
        return belowBlank != 0 || hasZero(octets ^ ONES * 0x7f);
    }

    private static boolean hasZero(long octets) {
        return (octets - ONES & ~octets & HIGH_BITS) != 0;
    }
}
