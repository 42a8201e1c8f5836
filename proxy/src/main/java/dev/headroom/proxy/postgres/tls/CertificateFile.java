package dev.headroom.proxy.postgres.tls;

import dev.headroom.core.HeadroomException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.List;

/** Certificates in files, as libpq and pgjdbc take them. */
final class CertificateFile {
    private CertificateFile() {}

    /** All certificates of a file, PEM or DER. */
    static List<Certificate> read(Path file) {
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
}
