package dev.headroom.cli.address;

import dev.headroom.proxy.postgres.upstream.Credentials;
import dev.headroom.proxy.postgres.upstream.Upstream;
import dev.headroom.proxy.postgres.upstream.UpstreamTls;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Makes servers of what the app's environment says. */
final class Servers {
    /** The port that every driver takes when none is given. */
    static final int DEFAULT_PORT = 5432;

    private Servers() {}

    /**
     * The server at that place.
     *
     * @param host name or address without brackets; an absolute path is the folder of a socket
     * @param port of a socket, the number in its file's name; 0 for the default
     * @param login user, password and database, as far as they are known
     */
    static Upstream at(String host, int port, UpstreamTls tls, Login login) {
        int number = port == 0 ? DEFAULT_PORT : port;
        Upstream.Address address = host.startsWith("/")
                ? new Upstream.Socket(Path.of(host, ".s.PGSQL." + number))
                : new Upstream.Host(host, number);
        return new Upstream(address, tls, login.credentials(), login.database());
    }

    /** Who connects to what. Never shown. */
    record Login(
            @Nullable String user,
            @Nullable String password,
            @Nullable String database) {
        static final Login UNKNOWN = new Login(null, null, null);

        @Nullable
        Credentials credentials() {
            return user == null || password == null ? null : new Credentials(user, password);
        }

        /** This, with what is missing taken from another. */
        Login or(Login other) {
            return new Login(
                    user == null ? other.user : user,
                    password == null ? other.password : password,
                    database == null ? other.database : database);
        }

        @Override
        public String toString() {
            return "Login[…]";
        }
    }
}
