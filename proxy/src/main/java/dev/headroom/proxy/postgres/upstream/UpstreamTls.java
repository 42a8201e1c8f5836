package dev.headroom.proxy.postgres.upstream;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How the proxy speaks TLS to the server: what the app's own address asked for.
 *
 * @param mode whether and how strictly
 * @param direct whether TLS starts without asking first (PostgreSQL 17's {@code sslnegotiation=direct})
 * @param rootCertificates PEM file of trusted authorities ({@code sslrootcert}); null for the system's
 * @param certificate PEM file of the client's certificate ({@code sslcert}); null for none
 * @param key unencrypted file of its key ({@code sslkey}); null for none
 */
public record UpstreamTls(
        SslMode mode,
        boolean direct,
        @Nullable Path rootCertificates,
        @Nullable Path certificate,
        @Nullable Path key) {
    /** No TLS at all. */
    public static final UpstreamTls NONE = new UpstreamTls(SslMode.DISABLE, false, null, null, null);

    /** PostgreSQL's default: TLS where the server has it, unverified. */
    public static final UpstreamTls PREFERRED = of(SslMode.PREFER);

    /** {@code mode} with no files. */
    public static UpstreamTls of(SslMode mode) {
        return new UpstreamTls(mode, false, null, null, null);
    }
}
