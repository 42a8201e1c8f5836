package dev.headroom.core.digest;

/** Binary numeric (numeric_send): groups of four decimal digits, with weight and sign. */
final class NumericBinary {
    private static final int HEAD = 8;
    private static final int POSITIVE = 0x0000;
    private static final int NEGATIVE = 0x4000;

    private NumericBinary() {}

    /** Writes the canonical decimal; false where the bytes are none. */
    static boolean write(byte[] bytes, int offset, int length, TextBuffer out) {
        if (length < HEAD) {
            return false;
        }
        int groups = Binary.int2(bytes, offset);
        int weight = Binary.int2(bytes, offset + 2);
        int sign = Binary.int2(bytes, offset + 4) & 0xFFFF;
        if (groups < 0 || length != HEAD + 2 * groups) {
            return false;
        }
        if (sign != POSITIVE && sign != NEGATIVE) {
            return special(sign, out);
        }
        if (groups == 0) {
            return out.add('0');
        }
        if (sign == NEGATIVE) {
            out.add('-');
        }
        whole(bytes, offset + HEAD, groups, weight, out);
        fraction(bytes, offset + HEAD, groups, weight, out);
        return true;
    }

    private static void whole(byte[] bytes, int digits, int groups, int weight, TextBuffer out) {
        if (weight < 0) {
            out.add('0');
            return;
        }
        out.number(group(bytes, digits, groups, 0));
        for (int i = 1; i <= weight; i++) {
            out.padded(group(bytes, digits, groups, i), 4);
        }
    }

    private static void fraction(byte[] bytes, int digits, int groups, int weight, TextBuffer out) {
        int beforePoint = out.length();
        out.add('.');
        for (int i = weight + 1; i < groups; i++) {
            out.padded(i < 0 ? 0 : group(bytes, digits, groups, i), 4);
        }
        int end = out.length();
        while (out.at(end - 1) == '0' && end > beforePoint + 1) {
            end--;
        }
        out.truncate(end == beforePoint + 1 ? beforePoint : end);
    }

    private static int group(byte[] bytes, int digits, int groups, int index) {
        return index < groups ? Math.abs(Binary.int2(bytes, digits + 2 * index) % 10_000) : 0;
    }

    private static boolean special(int sign, TextBuffer out) {
        return switch (sign) {
            case 0xC000 -> out.ascii("NaN");
            case 0xD000 -> out.ascii("Infinity");
            case 0xF000 -> out.ascii("-Infinity");
            default -> false;
        };
    }
}
