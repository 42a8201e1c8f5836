package dev.headroom.core.sql;

/**
 * What a quoted literal means, as bytes in UTF-8: doubled quotes, parts on several lines, the escapes of {@code E'…'}
 * and those of {@code U&'…'} (PostgreSQL's manual, 4.1.2.1 to 4.1.2.3). What the server would refuse becomes something;
 * nothing gets longer than it was written. For one thread.
 */
final class StringEscapes {
    private static final int OCTAL = 8;
    private static final int HEXADECIMAL = 16;

    private byte[] bytes = new byte[256];
    private int length;
    private int highSurrogate;

    private byte[] text = bytes;
    private int position;
    private int end;

    /** The meaning of the last literal, in its first {@link #length()} bytes. */
    byte[] bytes() {
        return bytes;
    }

    /** How many bytes it has. */
    int length() {
        return length;
    }

    /**
     * Whether a literal means just what is written.
     *
     * @param escape the character that begins an escape; 0 where none does
     */
    static boolean isPlain(byte[] text, int start, int end, byte escape) {
        for (int i = start; i < end; i++) {
            if (text[i] == '\'' || escape != 0 && text[i] == escape) {
                return false;
            }
        }
        return true;
    }

    /** Reads what stands between a literal's quotes. */
    void read(byte[] literal, int from, int to, StringForm form, byte escape) {
        if (bytes.length < to - from) {
            bytes = new byte[Math.max(to - from, bytes.length * 2)];
        }
        text = literal;
        position = from;
        end = to;
        length = 0;
        highSurrogate = 0;
        while (position < end) {
            byte c = text[position++];
            if (escape != 0 && c == escape && position < end) {
                if (form == StringForm.UNICODE) {
                    unicode(escape);
                } else {
                    backslash();
                }
            } else {
                quoted(c);
            }
        }
        text = bytes;
    }

    /** A quote is doubled, or the end of a part that another follows. */
    private void quoted(byte c) {
        if (c == '\'' && position < end) {
            if (text[position] != '\'') {
                int next = Continuation.quote(text, position, end);
                position = next < 0 ? end : next + 1;
                return;
            }
            position++;
        }
        add(c);
    }

    private void backslash() {
        byte c = text[position++];
        switch (c) {
            case 'b' -> add((byte) '\b');
            case 'f' -> add((byte) '\f');
            case 'n' -> add((byte) '\n');
            case 'r' -> add((byte) '\r');
            case 't' -> add((byte) '\t');
            case 'x' -> {
                int digits = digits(HEXADECIMAL, 2);
                add(digits == 0 ? c : (byte) number(HEXADECIMAL, digits));
            }
            case 'u' -> codePoint(c, 4);
            case 'U' -> codePoint(c, 8);
            case '0', '1', '2', '3', '4', '5', '6', '7' -> {
                position--;
                add((byte) number(OCTAL, digits(OCTAL, 3)));
            }
            default -> add(c);
        }
    }

    private void unicode(byte escape) {
        byte c = text[position];
        if (c == escape) {
            position++;
            add(c);
        } else if (c == '+') {
            position++;
            codePoint(c, 6);
        } else {
            codePoint(escape, 4);
        }
    }

    /** A code point of that many digits; where there are fewer, {@code otherwise} stands for itself. */
    private void codePoint(byte otherwise, int digits) {
        if (digits(HEXADECIMAL, digits) < digits) {
            add(otherwise);
            return;
        }
        int code = number(HEXADECIMAL, digits);
        if (highSurrogate != 0 && code >>> 10 == Character.MIN_LOW_SURROGATE >>> 10) {
            add(Character.toCodePoint((char) highSurrogate, (char) code));
        } else if (code >>> 10 == Character.MIN_HIGH_SURROGATE >>> 10) {
            highSurrogate = code;
        } else {
            add(code);
        }
    }

    /** How many digits follow, up to {@code most}. */
    private int digits(int radix, int most) {
        int count = 0;
        while (count < most && position + count < end && Character.digit(text[position + count], radix) >= 0) {
            count++;
        }
        return count;
    }

    private int number(int radix, int digits) {
        int number = 0;
        for (int i = 0; i < digits; i++) {
            number = number * radix + Character.digit(text[position++], radix);
        }
        return number;
    }

    private void add(byte c) {
        highSurrogate = 0;
        bytes[length++] = c;
    }

    private void add(int codePoint) {
        if (codePoint >= 0 && codePoint < 0x80) {
            add((byte) codePoint);
        } else if (codePoint >= 0 && codePoint < 0x800) {
            add((byte) (0xC0 | codePoint >> 6));
            add((byte) (0x80 | codePoint & 0x3F));
        } else if (codePoint >= 0 && codePoint < 0x10000) {
            add((byte) (0xE0 | codePoint >> 12));
            add((byte) (0x80 | codePoint >> 6 & 0x3F));
            add((byte) (0x80 | codePoint & 0x3F));
        } else {
            add((byte) (0xF0 | codePoint >> 18 & 0x07));
            add((byte) (0x80 | codePoint >> 12 & 0x3F));
            add((byte) (0x80 | codePoint >> 6 & 0x3F));
            add((byte) (0x80 | codePoint & 0x3F));
        }
    }
}
