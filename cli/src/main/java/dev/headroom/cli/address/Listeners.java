package dev.headroom.cli.address;

import dev.headroom.proxy.postgres.upstream.Upstream;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** Opens the proxy's listeners, one for each server. */
public interface Listeners {
    /** Where the app shall connect instead; the same address for the same server. */
    InetSocketAddress listen(Upstream server);

    /**
     * Where the app shall connect instead when it can be told a host but no port: a loopback address of its own with
     * that port number. Null where this machine has no such address.
     */
    @Nullable
    InetSocketAddress listenOnSamePort(Upstream server, int port);
}
