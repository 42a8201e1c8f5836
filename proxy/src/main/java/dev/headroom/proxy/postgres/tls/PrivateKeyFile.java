package dev.headroom.proxy.postgres.tls;

import dev.headroom.core.HeadroomException;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An unencrypted private key as libpq's and pgjdbc's files hold it: PKCS#8 in PEM or DER (RFC 5958), or in PEM the
 * older forms of RSA (PKCS#1; RFC 8017, appendix A.1.2) and of elliptic curves (RFC 5915), which are what PKCS#8 wraps.
 */
final class PrivateKeyFile {
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN (|RSA |EC )PRIVATE KEY-----([\\sA-Za-z0-9+/=]+)-----END \\1PRIVATE KEY-----");

    private PrivateKeyFile() {}

    /**
     * Reads the key of that file.
     *
     * @param counterpart the certificate's, which says what kind of key it is and, of an elliptic curve, which one
     * @throws HeadroomException if it holds none that can be used
     */
    static PrivateKey read(Path file, PublicKey counterpart) {
        try {
            byte[] content = Files.readAllBytes(file);
            String text = new String(content, StandardCharsets.ISO_8859_1);
            Matcher pem = PEM.matcher(text);
            if (pem.find()) {
                byte[] decoded = Base64.getMimeDecoder().decode(pem.group(2));
                content = pem.group(1).isEmpty() ? decoded : wrapped(decoded, counterpart);
            } else if (text.contains("-----BEGIN")) {
                throw unusable(file, null);
            }
            return KeyFactory.getInstance(counterpart.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(content));
        } catch (IOException e) {
            throw new HeadroomException("the key file " + file + " can't be read; check its path and rights", e);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw unusable(file, e);
        }
    }

    /** The older form within PKCS#8: a version, the algorithm, which is the public key's, and the key (RFC 5958). */
    private static byte[] wrapped(byte[] key, PublicKey counterpart) {
        return Der.sequence(
                Der.integer(BigInteger.ZERO), algorithm(counterpart.getEncoded()), Der.tagged(Der.OCTETS, key));
    }

    /** The first element of a SubjectPublicKeyInfo (RFC 5280, section 4.1.2.7). */
    private static byte[] algorithm(byte[] publicKey) {
        int start = Der.contentStart(publicKey, 0);
        int content = Der.contentStart(publicKey, start);
        return Arrays.copyOfRange(publicKey, start, content + Der.contentLength(publicKey, start));
    }

    private static HeadroomException unusable(Path file, @Nullable Throwable cause) {
        String text = "the file " + file + " holds no unencrypted key that fits the certificate; convert it with"
                + " `openssl pkcs8 -topk8 -nocrypt -in " + file.getFileName() + " -out key.pem`";
        return cause == null ? new HeadroomException(text) : new HeadroomException(text, cause);
    }
}
