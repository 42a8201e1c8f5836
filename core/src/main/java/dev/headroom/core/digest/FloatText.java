package dev.headroom.core.digest;

import java.math.BigDecimal;

/** Floating-point numbers as plain decimals, so that 1.5 is the same as float4, float8, numeric and literal. */
final class FloatText {
    private static final double EXACT = 1e15;

    private FloatText() {}

    static boolean write(double value, TextBuffer out) {
        return whole(value, out) || plain(Double.toString(value), out);
    }

    static boolean write(float value, TextBuffer out) {
        return whole(value, out) || plain(Float.toString(value), out);
    }

    private static boolean whole(double value, TextBuffer out) {
        return Math.abs(value) < EXACT && value == Math.rint(value) && out.number((long) value);
    }

    private static boolean plain(String text, TextBuffer out) {
        // NaN and the infinities are spelt alike by Java and PostgreSQL
        boolean finite = text.charAt(text.length() - 1) <= '9';
        return out.ascii(finite ? new BigDecimal(text).stripTrailingZeros().toPlainString() : text);
    }
}
