package dev.headroom.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkedTest {
    private static final String[] SAMPLES = {
        "0\r\n\r\n",
        "5\r\nhello\r\n0\r\n\r\n",
        "5;a=\"b\";c\r\nhello\r\n00006\r\n world\r\n000;z\r\nX: y\r\nEmpty:\r\n\r\n",
        "a\r\n0\r\n\r\n0\r\n\r\n\r\n0\r\n\r\n",
        "5\r\nhello\r\nx\r\n",
        "0\r\nX: y\n\r\n",
    };

    /** What a scan found: where the body ended, or -1 where it was refused or is not over; and its content. */
    private record Scan(int end, boolean refused, String content) {}

    @Test
    void finds_the_same_end_and_content_wherever_the_bytes_are_cut() {
        for (String sample : SAMPLES) {
            byte[] bytes = (sample + "NEXT").getBytes(StandardCharsets.ISO_8859_1);
            Scan whole = scan(bytes, bytes.length);
            for (int first = 0; first <= bytes.length; first++) {
                for (int second = first; second <= bytes.length; second++) {
                    assertThat(scan(bytes, first, second, bytes.length)).isEqualTo(whole);
                }
            }
        }
        assertThat(scan((SAMPLES[3] + "NEXT").getBytes(StandardCharsets.ISO_8859_1), 1).content)
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void agrees_with_a_plain_reader_on_mutated_bodies(long seed) {
        Random random = new Random(seed);
        byte[] alphabet = "0123456789abcdefABCDEF\r\n;:= \tx\u0000\u00ff".getBytes(StandardCharsets.ISO_8859_1);
        for (int round = 0; round < 4_000; round++) {
            byte[] bytes = SAMPLES[random.nextInt(SAMPLES.length)].getBytes(StandardCharsets.ISO_8859_1);
            for (int change = random.nextInt(4); change > 0; change--) {
                bytes[random.nextInt(bytes.length)] = alphabet[random.nextInt(alphabet.length)];
            }
            Scan whole = scan(bytes, bytes.length);
            int cut = random.nextInt(bytes.length + 1);
            assertThat(scan(bytes, cut, bytes.length)).isEqualTo(whole);
            if (whole.end >= 0) {
                assertThat(plainly(bytes)).isEqualTo(whole);
            }
        }
    }

    private static Scan scan(byte[] bytes, int... ends) {
        Chunked chunked = new Chunked();
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        try {
            for (int end : ends) {
                in.limit(end);
                chunked.advance(in, (source, from, to) -> content.write(bytes, from, to - from));
            }
        } catch (MalformedMessage e) {
            return new Scan(-1, true, "");
        }
        int end = chunked.complete() ? in.position() : -1;
        return new Scan(end, false, content.toString(StandardCharsets.ISO_8859_1));
    }

    /** A reader written for plainness from the grammar, for bodies that are well-formed. */
    private static Scan plainly(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        StringBuilder content = new StringBuilder();
        int at = 0;
        while (true) {
            int lineEnd = text.indexOf("\r\n", at);
            String size = text.substring(at, lineEnd).split(";", 2)[0];
            int length = Integer.parseInt(size, 16);
            at = lineEnd + 2;
            if (length == 0) {
                break;
            }
            content.append(text, at, at + length);
            assertThat(text.substring(at + length, at + length + 2)).isEqualTo("\r\n");
            at += length + 2;
        }
        while (!text.startsWith("\r\n", at)) {
            int lineEnd = text.indexOf("\r\n", at);
            assertThat(text.substring(at, lineEnd)).matches("(?s)[!#$%&'*+.^_`|~0-9A-Za-z-]+:[^\\r\\n\\x00]*");
            at = lineEnd + 2;
        }
        return new Scan(at + 2, false, content.toString());
    }
}
