package dev.headroom.proxy.postgres.sasl;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The mechanisms that a server offers in AuthenticationSASL. */
public record SaslOffer(List<String> mechanisms) {
    private static final int BODY = 9;
    private static final int SASL = 10;
    private static final String BINDING = "-PLUS";

    /** Reads the whole message, whose position stays. */
    public static SaslOffer read(ByteBuffer message) {
        byte[] text = new byte[message.remaining() - BODY];
        message.get(message.position() + BODY, text);
        return of(text);
    }

    /** Reads zero-terminated names. */
    static SaslOffer of(byte[] text) {
        List<String> mechanisms = new ArrayList<>();
        for (String mechanism : new String(text, StandardCharsets.US_ASCII).split("\0", -1)) {
            if (!mechanism.isEmpty()) {
                mechanisms.add(mechanism);
            }
        }
        return new SaslOffer(List.copyOf(mechanisms));
    }

    /** Whether one of them is bound to the TLS connection. */
    public boolean bindsToTls() {
        return mechanisms.stream().anyMatch(mechanism -> mechanism.endsWith(BINDING));
    }

    /** The message without those. */
    public ByteBuffer withoutBinding() {
        StringBuilder text = new StringBuilder();
        mechanisms.stream()
                .filter(mechanism -> !mechanism.endsWith(BINDING))
                .forEach(mechanism -> text.append(mechanism).append('\0'));
        byte[] list = text.append('\0').toString().getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(BODY + list.length)
                .put((byte) 'R')
                .putInt(8 + list.length)
                .putInt(SASL)
                .put(list)
                .flip();
    }
}
