package dev.headroom.cli.run;

import dev.headroom.cli.address.Listeners;
import dev.headroom.cli.address.StandIn;
import dev.headroom.core.HeadroomException;
import dev.headroom.proxy.postgres.PostgresProxy;
import dev.headroom.proxy.postgres.upstream.Upstream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Opens a listener of the PostgreSQL proxy for each server that the app's environment names. */
final class DatabaseProxies implements Listeners {
    /** 127.0.0.2 to 127.0.0.9: on Linux all of 127.0.0.0/8 is the machine itself. */
    private static final int LAST_ALIAS = 9;

    private static final String SOCKET = ".s.PGSQL.";
    private static final int MOST_SOCKETS = 16;

    private final PostgresProxy proxy;
    private final PrivateFolder folder;
    private final Messages messages;
    private final List<StandIn> opened = new ArrayList<>();
    private final List<Upstream> servers = new ArrayList<>();

    /** {@code folder} takes the sockets: with its mode, nobody but this user can connect through them. */
    DatabaseProxies(PostgresProxy proxy, PrivateFolder folder, Messages messages) {
        this.proxy = proxy;
        this.folder = folder;
        this.messages = messages;
    }

    @Override
    public StandIn listen(Upstream server) {
        StandIn standIn = server.address() instanceof Upstream.Socket socket ? bySocket(server, socket) : null;
        return opened(server, standIn == null ? byPort(server) : standIn);
    }

    @Override
    public @Nullable StandIn listenOnSamePort(Upstream server, int port) {
        for (int last = 2; last <= LAST_ALIAS; last++) {
            try {
                InetAddress alias = InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
                return opened(server, byPort(server, new InetSocketAddress(alias, port)));
            } catch (HeadroomException | UnknownHostException e) {
                // taken, or no such address on this system: the next one may do
            }
        }
        return null;
    }

    /** Where the app shall connect instead of to its servers. */
    List<StandIn> standIns() {
        return List.copyOf(opened);
    }

    /** The servers that were asked for. */
    List<Upstream> servers() {
        return List.copyOf(servers);
    }

    private StandIn opened(Upstream server, StandIn standIn) {
        servers.add(server);
        opened.add(standIn);
        return standIn;
    }

    private StandIn byPort(Upstream server) {
        return byPort(server, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    private StandIn byPort(Upstream server, InetSocketAddress bind) {
        return StandIn.at((InetSocketAddress) proxy.listen(bind, server));
    }

    /**
     * A socket of the same name in a folder of its own, and one for each other server whose socket lies beside it: an
     * app may be told the folder only, and have a number in its code.
     */
    private @Nullable StandIn bySocket(Upstream server, Upstream.Socket socket) {
        String name = socket.path().getFileName().toString();
        try {
            Path own = folder.folder("db" + opened.size());
            proxy.listen(UnixDomainSocketAddress.of(own.resolve(name)), server);
            for (Path other : besides(socket.path())) {
                proxy.listen(
                        UnixDomainSocketAddress.of(own.resolve(other.getFileName())),
                        new Upstream(
                                new Upstream.Socket(other), server.tls(), server.credentials(), server.database()));
            }
            return new StandIn(own.toString(), Integer.parseInt(name.substring(SOCKET.length())));
        } catch (HeadroomException | IOException e) {
            messages.say("no socket could be made for the app in " + folder.path() + " (" + e.getMessage()
                    + "); it gets a port of the loopback address, which other users of this machine can reach, too");
            return null;
        }
    }

    private static List<Path> besides(Path socket) {
        List<Path> others = new ArrayList<>();
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(Objects.requireNonNull(socket.getParent()), SOCKET + "*")) {
            for (Path file : files) {
                boolean numbered =
                        file.getFileName().toString().substring(SOCKET.length()).matches("\\d{1,5}");
                if (numbered && !file.equals(socket) && others.size() < MOST_SOCKETS) {
                    others.add(file);
                }
            }
        } catch (IOException e) {
            // it will be there when the server is
            return others;
        }
        return others;
    }
}
