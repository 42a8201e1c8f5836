package dev.headroom.core.digest;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/** Decimal numbers without sign, zeros or point that they don't need: {@code +1.50} is {@code 1.5}. */
final class DecimalText {
    private static final int LONGEST_WITH_EXPONENT = 40;

    private DecimalText() {}

    /** Whether {@code text} is an integer that stands as it is already, as most numbers do. */
    static boolean isCanonicalInteger(byte[] text, int offset, int length) {
        int first = length > 1 && text[offset] == '-' ? offset + 1 : offset;
        int end = offset + length;
        if (length > LONGEST_WITH_EXPONENT || first == end || (text[first] == '0' && length > 1)) {
            return false;
        }
        for (int i = first; i < end; i++) {
            if (!isDigit(text[i])) {
                return false;
            }
        }
        return true;
    }

    /** Writes the canonical form; false where {@code text} is no decimal number (nothing counts as written then). */
    static boolean canonical(byte[] text, int offset, int length, TextBuffer out) {
        int end = offset + length;
        int position = offset;
        boolean negative = false;
        if (position < end && (text[position] == '-' || text[position] == '+')) {
            negative = text[position] == '-';
            position++;
        }
        int whole = position;
        while (position < end && isDigit(text[position])) {
            position++;
        }
        int wholeEnd = position;
        int fraction = position;
        int fractionEnd = position;
        if (position < end && text[position] == '.') {
            fraction = ++position;
            while (position < end && isDigit(text[position])) {
                position++;
            }
            fractionEnd = position;
        }
        if (wholeEnd - whole + fractionEnd - fraction == 0) {
            return false;
        }
        if (position < end) {
            return withExponent(text, offset, length, out);
        }
        while (whole < wholeEnd && text[whole] == '0') {
            whole++;
        }
        while (fractionEnd > fraction && text[fractionEnd - 1] == '0') {
            fractionEnd--;
        }
        boolean zero = whole == wholeEnd && fraction == fractionEnd;
        if (negative && !zero) {
            out.add('-');
        }
        if (whole == wholeEnd) {
            out.add('0');
        } else {
            out.add(text, whole, wholeEnd - whole);
        }
        if (fraction < fractionEnd) {
            out.add('.');
            out.add(text, fraction, fractionEnd - fraction);
        }
        return true;
    }

    private static boolean withExponent(byte[] text, int offset, int length, TextBuffer out) {
        if (length > LONGEST_WITH_EXPONENT) {
            return false;
        }
        try {
            BigDecimal value = new BigDecimal(new String(text, offset, length, StandardCharsets.ISO_8859_1));
            if (Math.abs((long) value.scale()) > 400) {
                return false;
            }
            return out.ascii(
                    value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString());
        } catch (NumberFormatException | ArithmeticException e) {
            return false;
        }
    }

    private static boolean isDigit(byte c) {
        return c >= '0' && c <= '9';
    }
}
