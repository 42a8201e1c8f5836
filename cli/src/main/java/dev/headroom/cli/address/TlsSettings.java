package dev.headroom.cli.address;

import org.jspecify.annotations.Nullable;

/**
 * How the app meant to speak TLS to its server; the proxy does it in its stead.
 *
 * @param mode what is asked
 * @param rootCertificate path of the authorities' certificates; null for the driver's default
 * @param certificate path of the client's certificate; null for none
 * @param key path of the client's key; null for none
 * @param direct whether TLS starts without SSLRequest (PostgreSQL 17's {@code sslnegotiation=direct})
 */
public record TlsSettings(
        TlsMode mode,
        @Nullable String rootCertificate,
        @Nullable String certificate,
        @Nullable String key,
        boolean direct) {
    /** What libpq and pgjdbc do when nothing is said: TLS where the server has it, unverified. */
    public static final TlsSettings PREFER = new TlsSettings(TlsMode.PREFER, null, null, null, false);
}
