package dev.headroom.proxy.postgres.tls;

import dev.headroom.core.HeadroomException;
import dev.headroom.proxy.postgres.upstream.SslMode;
import dev.headroom.proxy.postgres.upstream.Upstream;
import org.jspecify.annotations.Nullable;

/**
 * An upstream with all that is read once and used for each of its connections.
 *
 * @param tls null where the server is spoken to in plain text
 */
public record Target(Upstream upstream, @Nullable ServerTls tls) {
    /**
     * Reads the certificates that the upstream names.
     *
     * @throws HeadroomException if one can't be used
     */
    public static Target of(Upstream upstream) {
        boolean plain = upstream.tls().mode() == SslMode.DISABLE || upstream.address() instanceof Upstream.Socket;
        return new Target(upstream, plain ? null : new ServerTls(upstream.tls()));
    }
}
