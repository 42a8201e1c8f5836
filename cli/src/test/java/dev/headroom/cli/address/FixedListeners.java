package dev.headroom.cli.address;

import dev.headroom.proxy.postgres.upstream.Upstream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Listeners on ports 6001, 6002, … and sockets in /private/1, … that nobody serves; remembers what they are for. */
final class FixedListeners implements Listeners {
    final List<Upstream> servers = new ArrayList<>();

    @Override
    public StandIn listen(Upstream server) {
        servers.add(server);
        if (server.address() instanceof Upstream.Socket socket) {
            String name = socket.path().getFileName().toString();
            return new StandIn("/private/" + servers.size(), Integer.parseInt(name.substring(".s.PGSQL.".length())));
        }
        return new StandIn("127.0.0.1", 6000 + servers.size());
    }

    @Override
    public @Nullable StandIn listenOnSamePort(Upstream server, int port) {
        servers.add(server);
        return new StandIn("127.0.0.2", port);
    }
}
