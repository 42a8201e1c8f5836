package dev.headroom.proxy.postgres;

import dev.headroom.proxy.net.Background;
import dev.headroom.proxy.net.EventLoop;
import dev.headroom.proxy.postgres.upstream.Upstream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Turns a server's name into addresses, on another thread than the loop's. */
final class Resolver {
    private Resolver() {}

    /** Hands the addresses over on the loop's thread; none where the name is not known. */
    static void resolve(Upstream.Address address, EventLoop events, Consumer<List<SocketAddress>> found) {
        if (address instanceof Upstream.Socket socket) {
            found.accept(List.of(socket.toSocketAddress()));
        } else if (address instanceof Upstream.Host host) {
            if (isNumeric(host.name())) {
                found.accept(lookUp(host));
            } else {
                Background.run(() -> {
                    List<SocketAddress> addresses = lookUp(host);
                    events.execute(() -> found.accept(addresses));
                });
            }
        }
    }

    private static List<SocketAddress> lookUp(Upstream.Host host) {
        List<SocketAddress> addresses = new ArrayList<>();
        try {
            for (InetAddress address : InetAddress.getAllByName(host.name())) {
                addresses.add(new InetSocketAddress(address, host.port()));
            }
        } catch (UnknownHostException e) {
            // an empty list says so
        }
        return addresses;
    }

    static boolean isNumeric(String name) {
        return name.indexOf(':') >= 0 || name.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
    }
}
