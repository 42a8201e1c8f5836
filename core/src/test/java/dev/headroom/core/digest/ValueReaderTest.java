package dev.headroom.core.digest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValueReaderTest {
    private final ValueDigester digester = ValueDigester.withRandomSalt();
    private final ValueReader reader = new ValueReader(digester);

    @ParameterizedTest
    @CsvSource({
        "42, 42",
        "+42, 42",
        "-0042, -42",
        "1.50, 1.5",
        "100.00, 100",
        ".5, 0.5",
        "-0.0, 0",
        "1e3, 1000",
        "12.5E-2, 0.125",
        "1000000000000000000000000.10, 1000000000000000000000000.1",
        "1_000, 1_000",
        "., ."
    })
    void numbersLoseWhatTheyDontNeed(String written, String canonical) {
        assertThat(number(written)).isEqualTo(digester.digest(canonical));
    }

    @Test
    void anIntegerIsTheSameInEveryForm() {
        for (long value : new long[] {0, 7, -1, 32_767, -32_768}) {
            long expected = number(Long.toString(value));
            assertThat(text(TypeOid.INT4, Long.toString(value))).isEqualTo(expected);
            assertThat(untyped(Long.toString(value))).isEqualTo(expected);
            assertThat(binary(TypeOid.INT2, ByteBuffer.allocate(2).putShort((short) value)))
                    .isEqualTo(expected);
            assertThat(binary(TypeOid.INT4, ByteBuffer.allocate(4).putInt((int) value)))
                    .isEqualTo(expected);
            assertThat(binary(TypeOid.INT8, ByteBuffer.allocate(8).putLong(value)))
                    .isEqualTo(expected);
            assertThat(binary(TypeOid.FLOAT8, ByteBuffer.allocate(8).putDouble((double) value)))
                    .isEqualTo(expected);
        }
        assertThat(binary(TypeOid.INT8, ByteBuffer.allocate(8).putLong(Long.MIN_VALUE)))
                .isEqualTo(number("-9223372036854775808"));
        assertThat(binary(TypeOid.OID, ByteBuffer.allocate(4).putInt(-1))).isEqualTo(number("4294967295"));
    }

    @Test
    void aBooleanIsTheSameInEveryForm() {
        assertThat(text(TypeOid.BOOL, "t"))
                .isEqualTo(text(TypeOid.BOOL, "TRUE"))
                .isEqualTo(text(TypeOid.BOOL, "1"))
                .isEqualTo(text(TypeOid.BOOL, "on"))
                .isEqualTo(binary(TypeOid.BOOL, ByteBuffer.allocate(1).put((byte) 1)))
                .isEqualTo(reader.bool(true));
        assertThat(text(TypeOid.BOOL, "off"))
                .isEqualTo(text(TypeOid.BOOL, "f"))
                .isEqualTo(binary(TypeOid.BOOL, ByteBuffer.allocate(1)))
                .isEqualTo(text(TypeOid.BOOL, "of"))
                .isEqualTo(reader.bool(false));
    }

    @Test
    void aUuidIsTheSameInEveryForm() {
        UUID uuid = UUID.fromString("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11");
        ByteBuffer bytes =
                ByteBuffer.allocate(16).putLong(uuid.getMostSignificantBits()).putLong(uuid.getLeastSignificantBits());
        assertThat(binary(TypeOid.UUID, bytes))
                .isEqualTo(text(TypeOid.UUID, uuid.toString()))
                .isEqualTo(untyped(uuid.toString().toUpperCase(java.util.Locale.ROOT)))
                .isEqualTo(digester.digest(uuid.toString()));
        // psycopg 3 binds it without hyphens; uuid_in takes them between any groups of four digits
        assertThat(text(TypeOid.UUID, "a0eebc999c0b4ef8bb6d6bb9bd380a11"))
                .isEqualTo(text(TypeOid.UUID, "{a0eebc99-9c0b4ef8-bb6d6bb9-bd380a11}"))
                .isEqualTo(text(TypeOid.UUID, "A0EE-BC99-9C0B-4EF8-BB6D-6BB9-BD38-0A11"))
                .isEqualTo(digester.digest(uuid.toString()));
        for (String wrong : new String[] {
            "a0eebc999c0b4ef8bb6d6bb9bd380a1",
            "a0eebc999c0b4ef8bb6d6bb9bd380a112",
            "a0e-ebc999c0b4ef8bb6d6bb9bd380a11",
            "{}"
        }) {
            assertThat(text(TypeOid.UUID, wrong)).isEqualTo(digester.digest(wrong));
        }
        assertThat(untyped("a0eebc999c0b4ef8bb6d6bb9bd380a11"))
                .as("it may be a checksum")
                .isEqualTo(digester.digest("a0eebc999c0b4ef8bb6d6bb9bd380a11"));
        assertThat(untyped("G0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11"))
                .isEqualTo(digester.digest("G0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11"));
    }

    @ParameterizedTest
    @CsvSource({
        // digits as numeric_send puts them: ndigits, weight, sign, dscale, groups
        "0000 0000 0000 0000, 0",
        "0001 0000 0000 0000 0001, 1",
        "0002 0000 0000 0002 0001 1388, 1.5",
        "0002 0001 0000 0000 0001 0000, 10000",
        "0001 0001 4000 0000 000c, -120000",
        "0001 ffff 0000 0004 0001, 0.0001",
        "0001 fffe 0000 0008 0001, 0.00000001",
        "0003 0001 0000 0002 0012 0d80 2328, 183456.9",
        "0000 0000 c000 0000, NaN",
    })
    void binaryNumericIsDecimal(String hex, String canonical) {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        assertThat(reader.binary(TypeOid.NUMERIC, bytes, 0, bytes.length)).isEqualTo(digester.digest(canonical));
    }

    @ParameterizedTest
    @CsvSource({
        "2024-02-29 12:34:56, 2024-02-29 12:34:56",
        "2024-02-29T12:34:56Z, 2024-02-29 12:34:56",
        "2024-02-29T12:34:56.120Z, 2024-02-29 12:34:56.12",
        "2024-03-01 00:30:00+02, 2024-02-29 22:30:00",
        "2024-02-29 22:30:00.5-0130, 2024-03-01 00:00:00.5",
        "2024-01-01 00:00:00+05:30, 2023-12-31 18:30:00",
        "2024-01-01 00:00:00 Europe/Zurich, 2024-01-01 00:00:00 Europe/Zurich",
        "2024-13-01 00:00:00, 2024-13-01 00:00:00",
        "2024-01-01 00:00:00z, 2024-01-01 00:00:00",
        "2024-01-01 00:00:00 +01, 2023-12-31 23:00:00",
        "2024-02-29 12:00:00.1234565, 2024-02-29 12:00:00.123456",
        "2024-02-29 12:00:00.1234567, 2024-02-29 12:00:00.123457",
        "2024-02-29 23:59:59.9999999, 2024-03-01 00:00:00",
        "12345-01-01 01:00:00+01, 12345-01-01 00:00:00",
        "0044-03-15 12:00:00+00 BC, 0044-03-15 12:00:00 BC",
        "0001-01-01 00:30:00+01, 0001-12-31 23:30:00 BC",
        "0000-01-01 00:00:00, 0000-01-01 00:00:00",
        "1234567-01-01 00:00:00, 1234567-01-01 00:00:00",
        "2024-01-01, 2024-01-01"
    })
    void timestampsAreInUtc(String written, String canonical) {
        assertThat(untyped(written)).isEqualTo(digester.digest(canonical));
        assertThat(text(TypeOid.TIMESTAMPTZ, written)).isEqualTo(digester.digest(canonical));
    }

    @Test
    void timestampWithoutTimeZoneDropsTheZone() {
        assertThat(text(TypeOid.TIMESTAMP, "2024-03-01 00:30:00+02")).isEqualTo(digester.digest("2024-03-01 00:30:00"));
    }

    @ParameterizedTest
    @CsvSource({
        // pgjdbc binds a java.sql.Date so, without a type
        "2024-02-29 +00, 2024-02-29",
        "2024-02-29 +05:30, 2024-02-29",
        "2024-02-29 -03, 2024-02-29",
        "2024-02-29 +, 2024-02-29 +",
        "2024-02-29 x, 2024-02-29 x",
        "2024-02-29, 2024-02-29"
    })
    void datesHaveNoZone(String written, String canonical) {
        assertThat(untyped(written)).isEqualTo(digester.digest(canonical));
        assertThat(text(TypeOid.DATE, written)).isEqualTo(digester.digest(canonical));
    }

    @Test
    void timesFarAwayAreTheSameInEveryForm() {
        LocalDateTime epoch = LocalDateTime.of(2000, 1, 1, 0, 0);
        Map<String, LocalDateTime> times = Map.of(
                "0044-03-15 12:00:00+00 BC", LocalDateTime.of(-43, 3, 15, 12, 0),
                "0001-12-31 23:30:00+00 BC", LocalDateTime.of(0, 12, 31, 23, 30),
                "0001-01-01 00:00:00+00", LocalDateTime.of(1, 1, 1, 0, 0),
                "9999-12-31 23:59:59+00", LocalDateTime.of(9_999, 12, 31, 23, 59, 59),
                "294276-12-31 23:59:59+00", LocalDateTime.of(294_276, 12, 31, 23, 59, 59));
        times.forEach((written, time) -> assertThat(binary(
                        TypeOid.TIMESTAMPTZ, ByteBuffer.allocate(8).putLong(ChronoUnit.MICROS.between(epoch, time))))
                .as(written)
                .isEqualTo(text(TypeOid.TIMESTAMPTZ, written)));
    }

    @Test
    void binaryTimesAreText() {
        long micros = ChronoUnit.MICROS.between(
                LocalDateTime.of(2000, 1, 1, 0, 0), LocalDateTime.of(2024, 2, 28, 12, 34, 56, 120_000_000));
        int days = (int) ChronoUnit.DAYS.between(LocalDate.of(2000, 1, 1), LocalDate.of(-43, 4, 15));
        assertThat(binary(TypeOid.TIMESTAMP, ByteBuffer.allocate(8).putLong(micros)))
                .isEqualTo(digester.digest("2024-02-28 12:34:56.12"));
        assertThat(binary(TypeOid.TIMESTAMPTZ, ByteBuffer.allocate(8).putLong(-1)))
                .isEqualTo(digester.digest("1999-12-31 23:59:59.999999"));
        assertThat(binary(TypeOid.TIMESTAMP, ByteBuffer.allocate(8).putLong(Long.MAX_VALUE)))
                .isEqualTo(digester.digest("infinity"));
        assertThat(binary(TypeOid.DATE, ByteBuffer.allocate(4).putInt(0))).isEqualTo(digester.digest("2000-01-01"));
        assertThat(binary(TypeOid.DATE, ByteBuffer.allocate(4).putInt(days)))
                .isEqualTo(digester.digest("0044-04-15 BC"));
        assertThat(binary(TypeOid.TIME, ByteBuffer.allocate(8).putLong(3_661_000_001L)))
                .isEqualTo(digester.digest("01:01:01.000001"));
    }

    @Test
    void floatsAreDecimals() {
        assertThat(binary(TypeOid.FLOAT8, ByteBuffer.allocate(8).putDouble(0.1)))
                .isEqualTo(text(TypeOid.FLOAT8, "0.1"))
                .isEqualTo(binary(TypeOid.FLOAT4, ByteBuffer.allocate(4).putFloat(0.1f)))
                .isEqualTo(number("0.10"));
        assertThat(text(TypeOid.FLOAT8, "1e+20")).isEqualTo(number("100000000000000000000"));
        assertThat(binary(TypeOid.FLOAT8, ByteBuffer.allocate(8).putDouble(Double.NEGATIVE_INFINITY)))
                .isEqualTo(text(TypeOid.FLOAT8, "-Infinity"));
    }

    @Test
    void textKeepsItsZerosAndLosesOnlyPadding() {
        assertThat(text(TypeOid.TEXT, "1.10")).isNotEqualTo(text(TypeOid.TEXT, "1.1"));
        assertThat(text(TypeOid.BPCHAR, "abc   ")).isEqualTo(text(TypeOid.TEXT, "abc"));
        assertThat(binary(
                        TypeOid.JSONB,
                        ByteBuffer.allocate(3).put((byte) 1).put((byte) '{').put((byte) '}')))
                .isEqualTo(text(TypeOid.JSONB, "{}"));
        assertThat(binary(TypeOid.BYTEA, ByteBuffer.allocate(2).put((byte) 0xAB).put((byte) 1)))
                .isEqualTo(text(TypeOid.BYTEA, "\\xab01"));
    }

    @Test
    void longValuesDifferByLengthToo() {
        byte[] longer = new byte[ValueReader.LONGEST + 10];
        assertThat(reader.text(TypeOid.TEXT, longer, 0, longer.length))
                .isEqualTo(reader.binary(TypeOid.TEXT, longer, 0, longer.length))
                .isEqualTo(reader.untyped(longer, 0, longer.length))
                .isEqualTo(reader.cut(longer, 0, ValueReader.LONGEST, longer.length))
                .isNotEqualTo(reader.untyped(longer, 0, longer.length - 1));
    }

    @Test
    void garbageNeverThrows() {
        int[] types = {
            0, 16, 17, 19, 20, 21, 23, 25, 26, 114, 700, 701, 705, 1042, 1043, 1082, 1083, 1114, 1184, 1700, 2950, 3802,
            99_999
        };
        Random random = new Random(11);
        assertThatCode(() -> {
                    for (int round = 0; round < 200_000; round++) {
                        byte[] bytes = new byte[random.nextInt(50)];
                        random.nextBytes(bytes);
                        if ((round & 1) == 0) {
                            for (int i = 0; i < bytes.length; i++) {
                                bytes[i] = (byte) "0123456789-: +.TZeE".charAt(random.nextInt(19));
                            }
                        }
                        int type = types[random.nextInt(types.length)];
                        reader.text(type, bytes, 0, bytes.length);
                        reader.binary(type, bytes, 0, bytes.length);
                        reader.number(bytes, 0, bytes.length);
                    }
                })
                .doesNotThrowAnyException();
    }

    private long number(String text) {
        return reader.number(text.getBytes(UTF_8), 0, text.length());
    }

    private long untyped(String text) {
        return reader.untyped(text.getBytes(UTF_8), 0, text.length());
    }

    private long text(int type, String text) {
        return reader.text(type, text.getBytes(UTF_8), 0, text.length());
    }

    private long binary(int type, ByteBuffer value) {
        return reader.binary(type, value.array(), 0, value.capacity());
    }
}
