package dev.headroom.proxy.postgres.sasl;

import dev.headroom.proxy.postgres.upstream.Credentials;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.Certificate;
import java.util.HexFormat;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** Answers a server's requests for a password on a connection of the proxy's own. */
public final class PasswordAnswer {
    private static final byte[] NONE = {};
    private static final int HEAD_OF_MESSAGE = 5;

    private final @Nullable Credentials credentials;
    private final String user;
    private final AutoCloseable transport;
    private @Nullable ScramExchange scram;

    /** Answers for {@code user} on {@code transport}; {@code credentials} are null where unknown. */
    public PasswordAnswer(@Nullable Credentials credentials, String user, AutoCloseable transport) {
        this.credentials = credentials;
        this.user = user;
        this.transport = transport;
    }

    /** The body of the answer to an authentication request; empty where none is due. */
    public byte[] to(ByteBuffer request) throws IOException {
        int code = request.getInt();
        return switch (code) {
            case 0 -> NONE;
            case 3 -> (password() + '\0').getBytes(StandardCharsets.UTF_8);
            case 5 -> md5(request);
            case 10 -> begin(request);
            case 11 -> body(exchange().answer(rest(request)));
            case 12 -> {
                exchange().verify(rest(request));
                yield NONE;
            }
            default -> throw new IOException("the server asks for authentication of kind " + code);
        };
    }

    private byte[] begin(ByteBuffer request) throws IOException {
        byte[] text = (password() + '\0').getBytes(StandardCharsets.UTF_8);
        Certificate certificate =
                transport instanceof SSLSocket tls ? tls.getSession().getPeerCertificates()[0] : null;
        SaslOffer offer = SaslOffer.of(rest(request));
        scram = ScramExchange.begin(user, text, offer.mechanisms(), certificate);
        return body(scram.first());
    }

    private byte[] md5(ByteBuffer request) throws IOException {
        try {
            MessageDigest md5 = MessageDigest.getInstance("MD5");
            byte[] inner = md5.digest((password() + user).getBytes(StandardCharsets.UTF_8));
            md5.update(HexFormat.of().formatHex(inner).getBytes(StandardCharsets.US_ASCII));
            md5.update(rest(request));
            return ("md5" + HexFormat.of().formatHex(md5.digest()) + '\0').getBytes(StandardCharsets.US_ASCII);
        } catch (NoSuchAlgorithmException e) {
            throw new IOException(e);
        }
    }

    private String password() throws IOException {
        if (credentials == null || !credentials.user().equals(user)) {
            throw new IOException("the password of the app's user is not known");
        }
        return credentials.password();
    }

    private ScramExchange exchange() throws IOException {
        ScramExchange exchange = scram;
        if (exchange == null) {
            throw new IOException("the server goes on with an exchange that did not begin");
        }
        return exchange;
    }

    private static byte[] rest(ByteBuffer request) {
        byte[] rest = new byte[request.remaining()];
        request.get(rest);
        return rest;
    }

    private static byte[] body(ByteBuffer message) {
        byte[] body = new byte[message.remaining() - HEAD_OF_MESSAGE];
        message.get(message.position() + HEAD_OF_MESSAGE, body);
        return body;
    }
}
