package dev.headroom.proxy.postgres;

import dev.headroom.proxy.postgres.capture.CancelKeys;
import dev.headroom.proxy.postgres.upstream.Upstream;
import dev.headroom.proxy.postgres.wire.Endpoint;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Where the requests to cancel what an open connection executes have to go: a server's name may stand for several
 * addresses, or for another one by now, and only the server that the connection goes to can cancel. Of connections to
 * numeric addresses and sockets nothing is kept. Thread-safe.
 */
final class CancelRoutes {
    private static final int CODE_AND_LENGTH = 8;

    private final Map<ByteBuffer, SocketAddress> addresses = new ConcurrentHashMap<>();

    /** Keeps the keys of a connection to {@code server}, for as long as it is open. */
    CancelKeys of(Upstream upstream, Endpoint server) {
        if (!(upstream.address() instanceof Upstream.Host host) || Resolver.isNumeric(host.name())) {
            return CancelKeys.UNHEARD;
        }
        SocketAddress address;
        try {
            address = server.wire().channel().getRemoteAddress();
        } catch (IOException e) {
            return CancelKeys.UNHEARD; // gone already
        }
        return new CancelKeys() {
            @Override
            public void issued(byte[] key) {
                addresses.put(ByteBuffer.wrap(key), address);
            }

            @Override
            public void revoked(byte[] key) {
                addresses.remove(ByteBuffer.wrap(key));
            }
        };
    }

    /** The address of the server that a CancelRequest is for; null where that isn't known. */
    @Nullable
    SocketAddress of(ByteBuffer packet, int length) {
        int key = packet.position() + CODE_AND_LENGTH;
        return addresses.get(packet.slice(key, length - CODE_AND_LENGTH));
    }
}
