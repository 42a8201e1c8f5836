package dev.headroom.proxy.postgres.tls;

import dev.headroom.core.HeadroomException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;

/** Certificates and keys in files, as libpq and pgjdbc take them. */
final class PemFiles {
    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String END = "-----END PRIVATE KEY-----";

    private PemFiles() {}

    /** All certificates of a file, PEM or DER. */
    static List<Certificate> certificates(Path file) {
        try {
            Collection<? extends Certificate> found = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file)));
            if (found.isEmpty()) {
                throw new HeadroomException("no certificate is in " + file + "; it should hold one in PEM form");
            }
            return List.copyOf(found);
        } catch (IOException e) {
            throw new HeadroomException(
                    "the certificate file " + file + " can't be read; check its path and rights", e);
        } catch (CertificateException e) {
            throw new HeadroomException("the file " + file + " holds no X.509 certificate in PEM form", e);
        }
    }

    /** An unencrypted private key in PKCS#8, PEM or DER. */
    static PrivateKey key(Path file) {
        try {
            byte[] content = Files.readAllBytes(file);
            String text = new String(content, StandardCharsets.ISO_8859_1);
            int begin = text.indexOf(BEGIN);
            int end = text.indexOf(END);
            if (begin >= 0 && end > begin) {
                content = Base64.getMimeDecoder().decode(text.substring(begin + BEGIN.length(), end));
            } else if (text.contains("-----BEGIN")) {
                throw unusable(file, null);
            }
            for (String algorithm : List.of("RSA", "EC", "Ed25519")) {
                try {
                    return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(content));
                } catch (GeneralSecurityException e) {
                    // it is of another kind
                }
            }
            throw unusable(file, null);
        } catch (IOException e) {
            throw new HeadroomException("the key file " + file + " can't be read; check its path and rights", e);
        } catch (IllegalArgumentException e) {
            throw unusable(file, e);
        }
    }

    private static HeadroomException unusable(Path file, @org.jspecify.annotations.Nullable Throwable cause) {
        String text = "the file " + file + " holds no unencrypted key in PKCS#8 form; convert it with"
                + " `openssl pkcs8 -topk8 -nocrypt -in " + file.getFileName() + " -out key.pem`";
        return cause == null ? new HeadroomException(text) : new HeadroomException(text, cause);
    }
}
