package dev.headroom.proxy.postgres.message;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** An ErrorResponse of our own, for the app to show where no server could give one. */
public record ErrorMessage(String sqlState, String text) {
    /**
     * SQLSTATE cannot_connect_now, on which libpq (since 14) goes on to the next host of its list, as it does where it
     * finds no server itself; any other error would end its search.
     */
    public static final String UNREACHABLE = "57P03";

    /** SQLSTATE sqlclient_unable_to_establish_sqlconnection. */
    public static final String UNUSABLE = "08001";

    /** SQLSTATE protocol_violation. */
    public static final String PROTOCOL = "08P01";

    /** SQLSTATE invalid_authorization_specification. */
    public static final String AUTHORIZATION = "28000";

    /** The message as bytes, ready to be written. */
    public ByteBuffer encode() {
        ByteArrayOutputStream fields = new ByteArrayOutputStream();
        field(fields, 'S', "FATAL");
        field(fields, 'V', "FATAL");
        field(fields, 'C', sqlState);
        field(fields, 'M', "headroom: " + text);
        fields.write(0);
        byte[] body = fields.toByteArray();
        return ByteBuffer.allocate(body.length + 5)
                .put((byte) 'E')
                .putInt(body.length + 4)
                .put(body)
                .flip();
    }

    private static void field(ByteArrayOutputStream fields, char code, String value) {
        fields.write(code);
        fields.writeBytes(value.getBytes(StandardCharsets.UTF_8));
        fields.write(0);
    }
}
