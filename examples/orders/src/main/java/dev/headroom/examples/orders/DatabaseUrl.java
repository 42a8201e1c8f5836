package dev.headroom.examples.orders;

import static java.util.Objects.requireNonNullElse;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;

/** Where the database is, as JDBC wants it, made of the URL that hosting platforms put into {@code DATABASE_URL}. */
record DatabaseUrl(String jdbcUrl, String username, String password) {

    /**
     * Reads {@code postgres://user:password@host:port/database?parameters}; user and password may be percent-encoded.
     *
     * @throws IllegalArgumentException if it has another form; the message leaves the password out
     */
    static DatabaseUrl parse(String url) {
        if (url.startsWith("jdbc:postgresql:")) {
            return new DatabaseUrl(url, "", "");
        }
        if (!url.startsWith("postgres://") && !url.startsWith("postgresql://")) {
            throw new IllegalArgumentException(
                    "DATABASE_URL starts neither with postgres://, postgresql:// nor jdbc:postgresql:");
        }
        var uri = uri(url);
        var credentials = requireNonNullElse(uri.getRawUserInfo(), "").split(":", 2);
        var port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        var parameters = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return new DatabaseUrl(
                "jdbc:postgresql://" + uri.getHost() + port + uri.getRawPath() + parameters,
                decode(credentials[0]),
                credentials.length < 2 ? "" : decode(credentials[1]));
    }

    /** Reads {@code DATABASE_URL}, else Spring's {@code SPRING_DATASOURCE_URL}, {@code _USERNAME} and {@code _PASSWORD}. */
    static DatabaseUrl fromEnvironment(Map<String, String> environment) {
        var spring = environment.get("SPRING_DATASOURCE_URL");
        if (spring != null) {
            return new DatabaseUrl(
                    spring,
                    environment.getOrDefault("SPRING_DATASOURCE_USERNAME", ""),
                    environment.getOrDefault("SPRING_DATASOURCE_PASSWORD", ""));
        }
        var url = environment.get("DATABASE_URL");
        if (url == null) {
            throw new IllegalArgumentException("Neither SPRING_DATASOURCE_URL nor DATABASE_URL is set; "
                    + "set DATABASE_URL=postgres://user:password@host:port/database");
        }
        return parse(url);
    }

    Connection connect() throws SQLException {
        return username.isEmpty()
                ? DriverManager.getConnection(jdbcUrl)
                : DriverManager.getConnection(jdbcUrl, username, password);
    }

    private static URI uri(String url) {
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            // Its message holds the whole URL, password and all; so it is not kept as the cause.
            throw new IllegalArgumentException("DATABASE_URL is malformed at character " + e.getIndex() + ": "
                    + e.getReason() + "; percent-encode what is special in user and password");
        }
    }

    private static String decode(String encoded) {
        return URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
