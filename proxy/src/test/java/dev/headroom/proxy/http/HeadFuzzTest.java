package dev.headroom.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Heads with random changes: read, or refused, and nothing else; and read the same wherever they are cut. */
class HeadFuzzTest {
    private static final String[] SAMPLES = {
        "GET /a?b=c HTTP/1.1\r\nHost: x\r\nConnection: keep-alive, Upgrade\r\nUpgrade: websocket\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 12\r\nX-Request-Start: t=1.5\r\n\r\n",
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\ntraceparent: 00-"
                + "0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=\"utf-8\"\r\nContent-Length: 5\r\n\r\n",
        "HTTP/1.0 404\r\nConnection: close\r\nTransfer-Encoding: gzip, chunked\r\nContent-Encoding: br\r\n\r\n",
    };

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16})
    void is_read_or_refused(long seed) {
        Random random = new Random(seed);
        byte[] alphabet = "\r\n\t :;,=/0159aAzZ\u0000\u007f\u00ff".getBytes(StandardCharsets.ISO_8859_1);
        int read = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = SAMPLES[random.nextInt(SAMPLES.length)].getBytes(StandardCharsets.ISO_8859_1);
            for (int change = random.nextInt(5); change > 0; change--) {
                bytes[random.nextInt(bytes.length)] = alphabet[random.nextInt(alphabet.length)];
            }
            String whole = outcome(bytes, bytes.length);
            assertThat(outcome(bytes, random.nextInt(bytes.length))).isEqualTo(whole);
            read += whole.startsWith("read") ? 1 : 0;
        }
        assertThat(read).isPositive();
    }

    private static String outcome(byte[] bytes, int cut) {
        HeadFinder finder = new HeadFinder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        try {
            int end = finder.end(in.limit(cut));
            if (end < 0) {
                end = finder.end(in.limit(bytes.length));
            }
            if (end < 0) {
                return "more is needed";
            }
            MessageHead head = new MessageHead();
            head.read(in, 0, end);
            if (bytes[0] == 'H') {
                ResponseHead response = ResponseHead.of(head, false, new RepeatedText<>(1, MediaType::of));
                return "read " + end + " " + response.status() + " "
                        + response.contentType().name() + response.persistent();
            }
            RequestHead request = RequestHead.of(head, new RepeatedText<>(1, Target::new));
            HeadBytes forwarded = new HeadBytes();
            ForwardedHead.write(forwarded, head, request, 1, "::1", 80);
            return "read " + end + " " + request.method() + request.target().text() + request.upgrade()
                    + forwarded.length();
        } catch (MalformedMessage e) {
            return "refused";
        }
    }
}
