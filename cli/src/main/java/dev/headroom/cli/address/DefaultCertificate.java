package dev.headroom.cli.address;

import dev.headroom.core.HeadroomException;
import dev.headroom.proxy.postgres.upstream.SslMode;
import dev.headroom.proxy.postgres.upstream.Upstream;
import dev.headroom.proxy.postgres.upstream.UpstreamTls;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Listeners that present the client certificate that drivers find by themselves, where the address names none: libpq's
 * {@code ~/.postgresql/postgresql.crt} with its {@code .key} ("SSL Client Certificates"), or pgjdbc's {@code .pk8}.
 */
final class DefaultCertificate implements Listeners {
    private final @Nullable Path folder;
    private final Listeners listeners;

    /** With that home folder; null for none. */
    DefaultCertificate(@Nullable String home, Listeners listeners) {
        this.folder = home == null ? null : Path.of(home, ".postgresql");
        this.listeners = listeners;
    }

    @Override
    public StandIn listen(Upstream server) {
        return opened(server, listeners::listen);
    }

    @Override
    public @Nullable StandIn listenOnSamePort(Upstream server, int port) {
        return opened(server, completed -> listeners.listenOnSamePort(completed, port));
    }

    private <T extends @Nullable StandIn> T opened(Upstream server, Function<Upstream, T> listen) {
        Upstream completed = completed(server);
        if (server.tls().certificate() == null && !completed.equals(server)) {
            try {
                return listen.apply(completed);
            } catch (HeadroomException e) {
                // not every driver looks there, so what can't be used (an encrypted key) is no reason to refuse
                return listen.apply(server);
            }
        }
        return listen.apply(completed);
    }

    private Upstream completed(Upstream server) {
        UpstreamTls tls = server.tls();
        if (folder == null || tls.mode() == SslMode.DISABLE || !(server.address() instanceof Upstream.Host)) {
            return server;
        }
        Path certificate = tls.certificate() == null ? existing("postgresql.crt") : tls.certificate();
        Path key = tls.key() == null ? existing("postgresql.key", "postgresql.pk8") : tls.key();
        if (certificate == null || key == null) {
            return server;
        }
        return new Upstream(
                server.address(),
                new UpstreamTls(tls.mode(), tls.direct(), tls.rootCertificates(), certificate, key),
                server.credentials(),
                server.database());
    }

    private @Nullable Path existing(String... names) {
        Path in = folder;
        return in == null
                ? null
                : Stream.of(names)
                        .map(in::resolve)
                        .filter(Files::isReadable)
                        .findFirst()
                        .orElse(null);
    }
}
