package dev.headroom.cli.endtoend;

import dev.headroom.proxy.postgres.tls.SelfSigned;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.Base64;

/**
 * A server's key, readable by its owner only, and its self-signed certificate, as files.
 *
 * @param key in PKCS #8
 * @param certificate for this machine
 */
record PemFiles(Path key, Path certificate) {
    /** Makes both: {@code key.pem} and {@code cert.pem}. */
    static PemFiles in(Path folder) throws IOException, GeneralSecurityException {
        SelfSigned own = SelfSigned.make();
        Path key = write(folder.resolve("key.pem"), "PRIVATE KEY", own.key().getEncoded());
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        return new PemFiles(
                key,
                write(
                        folder.resolve("cert.pem"),
                        "CERTIFICATE",
                        own.certificate().getEncoded()));
    }

    private static Path write(Path file, String what, byte[] content) throws IOException {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return Files.writeString(file, "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n");
    }
}
