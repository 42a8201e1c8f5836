package dev.headroom.cli.address;

import dev.headroom.proxy.postgres.upstream.Upstream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Listeners on ports 6001, 6002, … that nobody serves; remembers what they were opened for. */
final class FixedListeners implements Listeners {
    final List<Upstream> servers = new ArrayList<>();

    @Override
    public InetSocketAddress listen(Upstream server) {
        servers.add(server);
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 6000 + servers.size());
    }

    @Override
    public @Nullable InetSocketAddress listenOnSamePort(Upstream server, int port) {
        servers.add(server);
        return new InetSocketAddress(alias(), port);
    }

    private static InetAddress alias() {
        try {
            return InetAddress.getByAddress(new byte[] {127, 0, 0, 2});
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
