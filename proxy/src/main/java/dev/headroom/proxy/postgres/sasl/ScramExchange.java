package dev.headroom.proxy.postgres.sasl;

import com.ongres.scram.client.ScramClient;
import com.ongres.scram.common.exception.ScramException;
import com.ongres.scram.common.util.TlsServerEndpoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The proxy's own SCRAM exchange with a server ("SASL Authentication", 54.3), bound to TLS where there is any. */
public final class ScramExchange {
    private static final int HEAD = 5;

    private final ScramClient client;

    private ScramExchange(ScramClient client) {
        this.client = client;
    }

    /**
     * Begins.
     *
     * @param password as the app sent it: UTF-8 with a zero at the end
     * @param certificate the server's, which the exchange is bound to; null for a connection without TLS
     */
    public static ScramExchange begin(
            String user, byte[] password, List<String> offered, @Nullable Certificate certificate) throws IOException {
        try {
            int length =
                    password.length > 0 && password[password.length - 1] == 0 ? password.length - 1 : password.length;
            char[] text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(password, 0, length))
                    .toString()
                    .toCharArray();
            if (text.length == 0) {
                throw new IOException("the server asks for a password, and the app gave none");
            }
            var builder = ScramClient.builder()
                    .advertisedMechanisms(offered)
                    .username(user.isEmpty() ? "*" : user)
                    .password(text);
            if (certificate instanceof X509Certificate x509) {
                builder = builder.channelBinding(
                        TlsServerEndpoint.TLS_SERVER_END_POINT, TlsServerEndpoint.getChannelBindingData(x509));
            }
            return new ScramExchange(builder.build());
        } catch (CharacterCodingException e) {
            throw new IOException("the password is no UTF-8", e);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException("SCRAM authentication with the server can't begin", e);
        }
    }

    /** SASLInitialResponse. */
    public ByteBuffer first() {
        byte[] mechanism = client.getScramMechanism().getName().getBytes(StandardCharsets.US_ASCII);
        byte[] text = client.clientFirstMessage().toString().getBytes(StandardCharsets.UTF_8);
        int length = 4 + mechanism.length + 1 + 4 + text.length;
        return ByteBuffer.allocate(1 + length)
                .put((byte) 'p')
                .putInt(length)
                .put(mechanism)
                .put((byte) 0)
                .putInt(text.length)
                .put(text)
                .flip();
    }

    /** SASLResponse to the server's challenge. Takes some milliseconds. */
    public ByteBuffer answer(byte[] serverFirst) throws IOException {
        try {
            client.serverFirstMessage(new String(serverFirst, StandardCharsets.UTF_8));
            byte[] text = client.clientFinalMessage().toString().getBytes(StandardCharsets.UTF_8);
            return ByteBuffer.allocate(HEAD + text.length)
                    .put((byte) 'p')
                    .putInt(4 + text.length)
                    .put(text)
                    .flip();
        } catch (ScramException | IllegalStateException | IllegalArgumentException e) {
            throw new IOException("the server's SCRAM challenge can't be answered", e);
        }
    }

    /** Checks that the server knows the password, too; nothing is to be sent then. */
    public ByteBuffer verify(byte[] serverFinal) throws IOException {
        try {
            client.serverFinalMessage(new String(serverFinal, StandardCharsets.UTF_8));
            return ByteBuffer.allocate(0);
        } catch (ScramException | IllegalStateException | IllegalArgumentException e) {
            throw new IOException("the server did not prove that it knows the password", e);
        }
    }
}
