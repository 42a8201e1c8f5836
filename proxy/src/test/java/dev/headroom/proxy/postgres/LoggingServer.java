package dev.headroom.proxy.postgres;

import dev.headroom.proxy.net.HeldPort;
import dev.headroom.proxy.postgres.tls.SelfSigned;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL that logs every statement it executes, to compare with; one for all tests of the JVM. */
final class LoggingServer {
    private static final Pattern STATEMENT =
            Pattern.compile("^\\d+@\\w{5}:LOG: {2}(?:statement|execute [^:]+|fastpath function call): (.*)$");
    private static final Pattern PARAMETERS = Pattern.compile("^\\d+@\\w{5}:DETAIL: {2}[Pp]arameters: (.*)$");
    private static final Pattern FAILURE = Pattern.compile("^\\d+@(\\w{5}):ERROR: .*$");

    /** Clients' keys and certificates that it accepts, each its own authority; {@code expired} is no more valid. */
    static final Path CERTIFICATES = Path.of("src/test/resources/dev/headroom/proxy/postgres/certificates");

    private static @Nullable LoggingServer shared;

    private static final String RULES = """
            local     all all         trust
            hostssl   all secure  all scram-sha-256
            hostssl   all certified all cert
            hostssl   all "both"  all scram-sha-256 clientcert=verify-ca
            hostnossl all secure  all reject
            hostssl   all plain   all reject
            hostnossl all plain   all scram-sha-256
            host      replication all all trust
            host      all scram   all scram-sha-256
            host      all hashed  all md5
            host      all cleartext all password
            host      all all     all trust
            """;

    private final EmbeddedPostgres postgres;
    private final Path folder;
    private final Path log;
    private final Path certificate;

    private LoggingServer() throws IOException, GeneralSecurityException, SQLException {
        folder = Files.createTempDirectory("headroom-log");
        log = folder.resolve("postgres.log");
        certificate = folder.resolve("server.crt");
        SelfSigned own = SelfSigned.make();
        pem(certificate, "CERTIFICATE", own.certificate().getEncoded());
        Path key = folder.resolve("server.key");
        pem(key, "PRIVATE KEY", own.key().getEncoded());
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        Path authorities = folder.resolve("clients.crt");
        for (String client : List.of("rsa", "ec", "expired")) {
            Files.write(
                    authorities,
                    Files.readAllBytes(CERTIFICATES.resolve(client + ".crt")),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        }
        Path data = folder.resolve("data");
        // held until the server has it
        try (HeldPort free = HeldPort.any()) {
            postgres = EmbeddedPostgres.builder()
                    .setPort(free.number)
                    .setPGStartupWait(Duration.ofMinutes(2))
                    .setDataDirectory(data)
                    .setServerConfig("ssl", "on")
                    .setServerConfig("ssl_cert_file", certificate.toString())
                    .setServerConfig("ssl_key_file", key.toString())
                    .setServerConfig("ssl_ca_file", authorities.toString())
                    .setServerConfig("log_statement", "all")
                    .setServerConfig("log_line_prefix", "%p@%e:")
                    .setServerConfig("log_disconnections", "on")
                    .setServerConfig("log_error_verbosity", "terse")
                    .setServerConfig("logging_collector", "on")
                    .setServerConfig("log_directory", folder.toString())
                    .setServerConfig("log_filename", log.getFileName().toString())
                    .setServerConfig("max_connections", "600")
                    .setServerConfig("fsync", "off")
                    .setServerConfig("shared_buffers", "32MB")
                    .start();
        }
        Files.writeString(data.resolve("pg_hba.conf"), RULES);
        try (Connection connection = DriverManager.getConnection(ProxiedServer.url(port(), ""));
                Statement statement = connection.createStatement()) {
            for (String role : List.of("secure", "plain", "scram", "cleartext", "\"both\"")) {
                statement.execute("create role " + role + " login password 'right'");
            }
            statement.execute("create role certified login");
            statement.execute("set password_encryption = 'md5'");
            statement.execute("create role hashed login password 'right'");
            reload(statement);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop));
    }

    /** Lets it speak TLS up to this version only, {@code TLSv1.2} say; empty for what it can. */
    void limitTls(String version) throws SQLException {
        try (Connection connection = DriverManager.getConnection(ProxiedServer.url(port(), ""));
                Statement statement = connection.createStatement()) {
            statement.execute("alter system set ssl_max_protocol_version = '" + version + "'");
            reload(statement);
        }
    }

    private void reload(Statement statement) throws SQLException {
        String before = loaded();
        statement.execute("select pg_reload_conf()");
        while (loaded().equals(before)) {
            LockSupport.parkNanos(5_000_000);
        }
    }

    /** When the server read its files, as a new session has it from the postmaster, which reads pg_hba.conf with them. */
    private String loaded() throws SQLException {
        try (Connection connection = DriverManager.getConnection(ProxiedServer.url(port(), ""));
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select pg_conf_load_time()")) {
            row.next();
            return row.getString(1);
        }
    }

    static synchronized LoggingServer shared() {
        if (shared == null) {
            try {
                shared = new LoggingServer();
            } catch (IOException | GeneralSecurityException | SQLException e) {
                throw new IllegalStateException(e);
            }
        }
        return shared;
    }

    /** Its own, which is its own authority too. */
    Path certificate() {
        return certificate;
    }

    int port() {
        return postgres.getPort();
    }

    /**
     * What the backend with that process id executed, in order, each text up to its first line break. The connection
     * was closed.
     */
    List<String> executed(int backendPid) throws IOException {
        return matching(backendPid, STATEMENT);
    }

    /** The parameters of what it executed with any, in order; asks for {@code log_error_verbosity = default}. */
    List<String> parameters(int backendPid) throws IOException {
        return matching(backendPid, PARAMETERS);
    }

    /** The SQLSTATEs that it answered with, in order: of what it executed, and of what it refused before. */
    List<String> failed(int backendPid) throws IOException {
        return matching(backendPid, FAILURE);
    }

    private List<String> matching(int backendPid, Pattern pattern) throws IOException {
        List<String> lines = List.of();
        for (int attempt = 0; !disconnected(lines, backendPid) && attempt < 2_400; attempt++) {
            // PostgreSQL's collector writes the log when it gets to it, and tells nobody
            LockSupport.parkNanos(25_000_000);
            lines = Files.readAllLines(log);
        }
        List<String> found = new ArrayList<>();
        for (String line : lines) {
            Matcher matcher = pattern.matcher(line);
            if (line.startsWith(backendPid + "@") && matcher.matches()) {
                found.add(matcher.group(1));
            }
        }
        return found;
    }

    private static void pem(Path file, String what, byte[] content) throws IOException {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        Files.writeString(file, "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n");
    }

    private static boolean disconnected(List<String> lines, int backendPid) {
        return lines.stream().anyMatch(line -> line.startsWith(backendPid + "@00000:LOG:  disconnection"));
    }

    private void stop() {
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            // its processes may still be removing files of their own
            for (int attempt = 0; Files.exists(folder) && attempt < 20; attempt++) {
                remove();
            }
        }
    }

    private void remove() {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException | UncheckedIOException e) {
            LockSupport.parkNanos(100_000_000);
        }
    }
}
