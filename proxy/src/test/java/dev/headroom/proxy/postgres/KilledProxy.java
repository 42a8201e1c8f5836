package dev.headroom.proxy.postgres;

import dev.headroom.proxy.postgres.upstream.Upstream;
import java.io.IOException;

/** A proxy in a process of its own, to be killed; prints its port and lives until then. */
final class KilledProxy {
    private KilledProxy() {}

    public static void main(String[] arguments) throws IOException {
        try (ProxiedServer server = new ProxiedServer(Upstream.plain("127.0.0.1", Integer.parseInt(arguments[0])))) {
            System.out.println(server.port);
            System.in.read();
        }
    }
}
