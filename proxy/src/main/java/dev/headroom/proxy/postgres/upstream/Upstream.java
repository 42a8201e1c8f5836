package dev.headroom.proxy.postgres.upstream;

import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The server that one listener's connections go to.
 *
 * @param address where it listens
 * @param tls how the proxy speaks TLS to it; ignored on a socket in the file system, as libpq does
 * @param credentials what the app's address held; used only where the proxy has to authenticate itself or asks the
 *     catalogue for names. Null where unknown
 * @param database the database's name, for the catalogue; null where unknown
 */
public record Upstream(
        Address address,
        UpstreamTls tls,
        @Nullable Credentials credentials,
        @Nullable String database) {

    /** Where a server listens. */
    public sealed interface Address {}

    /** A name or IP address and a port. */
    public record Host(String name, int port) implements Address {
        public Host {
            if (name.isBlank()) {
                throw new IllegalArgumentException("a host needs a name");
            }
            if (port < 1 || port > 65_535) {
                throw new IllegalArgumentException("a port is between 1 and 65535: " + port);
            }
        }

        @Override
        public String toString() {
            return (name.indexOf(':') >= 0 ? "[" + name + "]" : name) + ":" + port;
        }
    }

    /** A socket in the file system, e.g. {@code /var/run/postgresql/.s.PGSQL.5432}. */
    public record Socket(Path path) implements Address {
        /** The same as an address to connect to. */
        public UnixDomainSocketAddress toSocketAddress() {
            return UnixDomainSocketAddress.of(path);
        }

        @Override
        public String toString() {
            return path.toString();
        }
    }

    /** A server without TLS, whose credentials aren't known. */
    public static Upstream plain(String host, int port) {
        return new Upstream(new Host(host, port), UpstreamTls.NONE, null, null);
    }
}
