package dev.headroom.cli.run;

import dev.headroom.proxy.postgres.upstream.Upstream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is reached where: the servers that an app's environment names, and the usual ports of others. */
final class DatabaseServers {
    /** The registered ports (IANA), and those of PostgreSQL's poolers and hosts. */
    private static final Map<Integer, String> USUAL = Map.ofEntries(
            Map.entry(5432, "PostgreSQL"),
            Map.entry(5433, "PostgreSQL"),
            Map.entry(6432, "PostgreSQL"),
            Map.entry(6543, "PostgreSQL"),
            Map.entry(25_060, "PostgreSQL"),
            Map.entry(25_061, "PostgreSQL"),
            Map.entry(3306, "MySQL"),
            Map.entry(1433, "SQL Server"),
            Map.entry(1521, "Oracle"),
            Map.entry(27_017, "MongoDB"),
            Map.entry(6379, "Redis"),
            Map.entry(11_211, "memcached"),
            Map.entry(5672, "a message broker"),
            Map.entry(9092, "Kafka"));

    private final List<Upstream> named;

    /** With the servers that the environment names. */
    DatabaseServers(List<Upstream> named) {
        this.named = named;
    }

    /** What is usually reached at that address; null where that can't be said. */
    @Nullable
    String nameOf(InetSocketAddress address) {
        return isNamed(address) ? "PostgreSQL" : USUAL.get(address.getPort());
    }

    /** Whether the environment names it. Looks names up, which may take as long as the resolver takes. */
    boolean isNamed(InetSocketAddress address) {
        for (Upstream server : named) {
            if (server.address() instanceof Upstream.Host host
                    && host.port() == address.getPort()
                    && has(host.name(), address.getAddress())) {
                return true;
            }
        }
        return false;
    }

    /** Whether the environment names that socket. */
    boolean isNamed(Path socket) {
        return named.stream()
                .anyMatch(server -> server.address() instanceof Upstream.Socket each
                        && each.path().equals(socket));
    }

    private static boolean has(String name, InetAddress address) {
        try {
            return List.of(InetAddress.getAllByName(name)).contains(address);
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
