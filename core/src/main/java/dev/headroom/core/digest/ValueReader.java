package dev.headroom.core.digest;

import java.nio.charset.StandardCharsets;

/**
 * Digests values in whatever form PostgreSQL's wire carries them (text, binary, literal), so that equal values have
 * equal digests: it brings each into the canonical text of {@link ValueDigester} first. Types that it doesn't know are
 * digested as they are. Of a value longer than {@link #LONGEST} bytes, the length and the first bytes count. Reads any
 * bytes without throwing. Owned by one thread.
 *
 * <p>Source of the formats: PostgreSQL's send and receive functions, {@code src/backend/utils/adt}.
 */
public final class ValueReader {
    /** How many bytes of a value are looked at. */
    public static final int LONGEST = 16 * 1024;

    private final ValueDigester digester;
    private final TextBuffer scratch = new TextBuffer();
    private final TextWords words;

    /** One that digests with {@code digester}, for one thread. */
    public ValueReader(ValueDigester digester) {
        this.digester = digester;
        words = new TextWords(digester);
    }

    /** Picks and digests words of texts. */
    public TextWords words() {
        return words;
    }

    /** Whether a type's values are text that reaches a response as it is: name, text, bpchar, varchar. */
    public static boolean isText(int typeOid) {
        return typeOid == TypeOid.TEXT
                || typeOid == TypeOid.VARCHAR
                || typeOid == TypeOid.BPCHAR
                || typeOid == TypeOid.NAME;
    }

    /** A quoted literal, a word of a response, or a parameter of unknown type: UUIDs and timestamps are recognised. */
    public long untyped(byte[] utf8, int offset, int length) {
        if (length > LONGEST) {
            return cut(utf8, offset, LONGEST, length);
        }
        scratch.clear();
        boolean rewritten = UuidText.lowerCase(utf8, offset, length, scratch)
                || TimestampText.canonical(utf8, offset, length, true, scratch)
                || TimestampText.zonedDate(utf8, offset, length, scratch);
        return rewritten ? digestScratch() : digester.digest(utf8, offset, length);
    }

    /** An unquoted numeric literal, or any number in decimal. */
    public long number(byte[] ascii, int offset, int length) {
        if (DecimalText.isCanonicalInteger(ascii, offset, length)) {
            return digester.digest(ascii, offset, length);
        }
        scratch.clear();
        return DecimalText.canonical(ascii, offset, length, scratch)
                ? digestScratch()
                : digester.digest(ascii, offset, Math.min(length, LONGEST));
    }

    /** TRUE or FALSE. */
    public long bool(boolean value) {
        return digester.digest(value ? "true" : "false");
    }

    /** A value in text format; {@code typeOid} is 0 where the type is not known. */
    public long text(int typeOid, byte[] utf8, int offset, int length) {
        if (length > LONGEST) {
            return cut(utf8, offset, LONGEST, length);
        }
        return switch (typeOid) {
            case TypeOid.BOOL -> textBool(utf8, offset, length);
            case TypeOid.INT2, TypeOid.INT4, TypeOid.INT8, TypeOid.OID, TypeOid.NUMERIC -> number(utf8, offset, length);
            case TypeOid.FLOAT4, TypeOid.FLOAT8 -> textFloat(typeOid, utf8, offset, length);
            case TypeOid.TIMESTAMP -> {
                scratch.clear();
                yield TimestampText.canonical(utf8, offset, length, false, scratch)
                        ? digestScratch()
                        : digester.digest(utf8, offset, length);
            }
            case TypeOid.UUID -> {
                scratch.clear();
                yield UuidText.canonical(utf8, offset, length, scratch)
                        ? digestScratch()
                        : digester.digest(utf8, offset, length);
            }
            case TypeOid.BPCHAR -> untyped(utf8, offset, withoutPadding(utf8, offset, length));
            default -> untyped(utf8, offset, length);
        };
    }

    /** A value in binary format; {@code typeOid} is 0 where the type is not known. */
    public long binary(int typeOid, byte[] bytes, int offset, int length) {
        if (length > LONGEST) {
            return cut(bytes, offset, LONGEST, length);
        }
        scratch.clear();
        boolean rewritten = switch (typeOid) {
            case TypeOid.BOOL -> length == 1 && scratch.ascii(bytes[offset] != 0 ? "true" : "false");
            case TypeOid.INT2, TypeOid.INT4, TypeOid.INT8 ->
                (length == 2 || length == 4 || length == 8) && scratch.number(Binary.integer(bytes, offset, length));
            case TypeOid.OID -> length == 4 && scratch.number(Binary.integer(bytes, offset, 4) & 0xFFFF_FFFFL);
            case TypeOid.FLOAT4 -> length == 4 && FloatText.write(Binary.float4(bytes, offset), scratch);
            case TypeOid.FLOAT8 -> length == 8 && FloatText.write(Binary.float8(bytes, offset), scratch);
            case TypeOid.NUMERIC -> NumericBinary.write(bytes, offset, length, scratch);
            case TypeOid.UUID -> length == 16 && UuidText.write(bytes, offset, scratch);
            case TypeOid.DATE -> length == 4 && DateTimeBinary.date(bytes, offset, scratch);
            case TypeOid.TIME -> length == 8 && DateTimeBinary.time(bytes, offset, scratch);
            case TypeOid.TIMESTAMP, TypeOid.TIMESTAMPTZ ->
                length == 8 && DateTimeBinary.timestamp(bytes, offset, scratch);
            case TypeOid.BYTEA -> scratch.ascii("\\x") && scratch.hex(bytes, offset, length);
            default -> false;
        };
        if (rewritten) {
            return digestScratch();
        }
        return switch (typeOid) {
            case TypeOid.TEXT, TypeOid.VARCHAR, TypeOid.UNKNOWN, TypeOid.NAME, TypeOid.JSON ->
                untyped(bytes, offset, length);
            case TypeOid.BPCHAR -> untyped(bytes, offset, withoutPadding(bytes, offset, length));
            case TypeOid.JSONB ->
                length > 0 ? digester.digest(bytes, offset + 1, length - 1) : digester.digest(bytes, offset, 0);
            default -> digester.digest(bytes, offset, length);
        };
    }

    /** A value of which only the first {@code length} bytes are at hand and {@code total} is the real length. */
    public long cut(byte[] bytes, int offset, int length, long total) {
        // an odd multiplier keeps different lengths apart; the result is as unreadable as the digest itself
        long digest = digester.digest(bytes, offset, Math.min(length, LONGEST)) ^ total * 0x9E3779B97F4A7C15L;
        return digest == 0 ? 1 : digest;
    }

    private long digestScratch() {
        return digester.digest(scratch.bytes(), 0, scratch.length());
    }

    private long textBool(byte[] text, int offset, int length) {
        if (length == 0) {
            return digester.digest(text, offset, 0);
        }
        return switch (text[offset]) {
            case 't', 'T', 'y', 'Y', '1' -> bool(true);
            case 'f', 'F', 'n', 'N', '0' -> bool(false);
            case 'o', 'O' -> bool(length == 2 && (text[offset + 1] | 0x20) == 'n');
            default -> digester.digest(text, offset, length);
        };
    }

    private long textFloat(int typeOid, byte[] text, int offset, int length) {
        scratch.clear();
        try {
            String value = new String(text, offset, length, StandardCharsets.ISO_8859_1);
            if (typeOid == TypeOid.FLOAT4) {
                FloatText.write(Float.parseFloat(value), scratch);
            } else {
                FloatText.write(Double.parseDouble(value), scratch);
            }
            return digestScratch();
        } catch (NumberFormatException e) {
            return digester.digest(text, offset, length);
        }
    }

    private static int withoutPadding(byte[] text, int offset, int length) {
        int end = length;
        while (end > 0 && text[offset + end - 1] == ' ') {
            end--;
        }
        return end;
    }
}
