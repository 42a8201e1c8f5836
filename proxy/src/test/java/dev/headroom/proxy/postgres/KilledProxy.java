package dev.headroom.proxy.postgres;

import dev.headroom.proxy.postgres.upstream.Upstream;
import java.io.IOException;

/**
 * A proxy in a process of its own, to be killed, in front of the server at a port and, if it is named, a host; prints
 * its own port and lives until then.
 */
final class KilledProxy {
    private KilledProxy() {}

    public static void main(String[] arguments) throws IOException {
        String host = arguments.length > 1 ? arguments[1] : "127.0.0.1";
        try (ProxiedServer server = new ProxiedServer(Upstream.plain(host, Integer.parseInt(arguments[0])))) {
            System.out.println(server.port);
            System.in.read();
        }
    }
}
