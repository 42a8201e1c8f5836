package dev.headroom.cli.address;

/**
 * A PostgreSQL server as the app's environment names it.
 *
 * @param host name or address, without brackets; an absolute path is the folder of a Unix socket
 * @param port from 1 to 65535; for a Unix socket the number in its file's name
 * @param tls how the app meant to speak TLS to it
 */
public record DatabaseServer(String host, int port, TlsSettings tls) {
    /** The port that every driver takes when none is given. */
    public static final int DEFAULT_PORT = 5432;

    public DatabaseServer {
        if (host.isEmpty()) {
            throw new IllegalArgumentException("a server needs a host");
        }
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("a port is between 1 and 65535: " + port);
        }
    }

    /** Whether the server is reached through a Unix socket. */
    public boolean socket() {
        return host.startsWith("/");
    }

    /** Host and port as an authority has them. */
    public String authority() {
        return host.indexOf(':') >= 0 && !socket() ? "[" + host + "]:" + port : host + ":" + port;
    }
}
