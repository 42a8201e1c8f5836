package dev.headroom.cli.run;

import dev.headroom.cli.address.Listeners;
import dev.headroom.core.HeadroomException;
import dev.headroom.proxy.postgres.PostgresProxy;
import dev.headroom.proxy.postgres.upstream.Upstream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** Opens a listener of the PostgreSQL proxy for each server that the app's environment names. */
final class DatabaseProxies implements Listeners {
    /** 127.0.0.2 to 127.0.0.9: on Linux all of 127.0.0.0/8 is the machine itself. */
    private static final int LAST_ALIAS = 9;

    private final PostgresProxy proxy;

    DatabaseProxies(PostgresProxy proxy) {
        this.proxy = proxy;
    }

    @Override
    public InetSocketAddress listen(Upstream server) {
        return (InetSocketAddress) proxy.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), server);
    }

    @Override
    public @Nullable InetSocketAddress listenOnSamePort(Upstream server, int port) {
        for (int last = 2; last <= LAST_ALIAS; last++) {
            try {
                InetAddress alias = InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
                return (InetSocketAddress) proxy.listen(new InetSocketAddress(alias, port), server);
            } catch (HeadroomException | UnknownHostException e) {
                // taken, or no such address on this system: the next one may do
            }
        }
        return null;
    }
}
