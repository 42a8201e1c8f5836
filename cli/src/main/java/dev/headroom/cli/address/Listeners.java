package dev.headroom.cli.address;

import dev.headroom.proxy.postgres.upstream.Upstream;
import org.jspecify.annotations.Nullable;

/** Opens the proxy's listeners, one for each server. */
public interface Listeners {
    /**
     * Where the app shall connect instead. For a server that is reached by a Unix socket that is a socket, too, in a
     * folder of its own and with the same number; where none can be made, a port.
     */
    StandIn listen(Upstream server);

    /**
     * Where the app shall connect instead when it can be told a host but no port: a loopback address of its own with
     * that port number. Null where this machine has no such address.
     */
    @Nullable
    StandIn listenOnSamePort(Upstream server, int port);
}
