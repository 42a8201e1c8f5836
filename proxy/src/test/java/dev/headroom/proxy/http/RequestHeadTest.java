package dev.headroom.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RequestHeadTest {
    @Test
    void aRequestWhoseBodyWasPassedOnIsNotRepeated() throws MalformedMessage {
        RequestHead request = read("PUT /a HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n");
        request.body().advance(ByteBuffer.wrap(new byte[2]), BodyTap.NONE);
        assertThat(request.body().complete()).isTrue();
        assertThat(request.repeatable()).isFalse();
    }

    @Test
    void aRequestWithoutABodyIsRepeatedWhereThatDoesNoHarm() throws MalformedMessage {
        assertThat(read("PUT /a HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n")
                        .repeatable())
                .isTrue();
        assertThat(read("GET /a HTTP/1.1\r\nHost: a\r\n\r\n").repeatable()).isTrue();
        assertThat(read("POST /a HTTP/1.1\r\nHost: a\r\n\r\n").repeatable()).isFalse();
    }

    private static RequestHead read(String text) throws MalformedMessage {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
        MessageHead head = new MessageHead();
        head.read(bytes, 0, bytes.limit());
        return RequestHead.of(head, new RepeatedText<>(1, Target::new));
    }
}
