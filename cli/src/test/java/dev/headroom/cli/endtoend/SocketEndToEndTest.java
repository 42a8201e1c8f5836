package dev.headroom.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that is reached by a Unix socket and trusts whoever the system says is there (peer authentication). */
class SocketEndToEndTest {
    private static EmbeddedPostgres database;
    private static Path sockets;

    @TempDir
    Path folder;

    @BeforeAll
    static void startDatabase() throws Exception {
        // short: the path of a socket has 107 bytes at most
        sockets = Files.createTempDirectory(Path.of("/tmp"), "pg");
        // the server may run as another user than the tests
        Files.setPosixFilePermissions(sockets, PosixFilePermissions.fromString("rwxrwxrwx"));
        Path data = Files.createTempDirectory(sockets, "data");
        Files.delete(data);
        database = TestPostgres.builder()
                .setServerConfig("unix_socket_directories", sockets.toString())
                .setDataDirectory(data)
                .start();
        try (Connection connection = database.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE ROLE web LOGIN");
            Files.writeString(data.resolve("pg_ident.conf"), "anybody /^.*$ web\n");
            Files.writeString(
                    data.resolve("pg_hba.conf"), "local all web peer map=anybody\nhost all all 127.0.0.1/32 trust\n");
            String before = loaded();
            statement.execute("SELECT pg_reload_conf()");
            HeadroomProcess.eventually("the server has read who may come", () -> !loaded().equals(before));
        }
    }

    /** When the server read its files, as a new session has it from the postmaster, which reads pg_hba.conf with them. */
    private static String loaded() {
        try (Connection connection = database.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_conf_load_time()")) {
            row.next();
            return row.getString(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @AfterAll
    static void stopDatabase() throws Exception {
        database.close();
        try (Stream<Path> left = Files.walk(sockets)) {
            left.sorted((a, b) -> b.compareTo(a)).forEach(file -> file.toFile().delete());
        }
    }

    @Test
    void psqlSpeaksToAPrivateSocketAndThePeerIsWhoRunsHeadroom() {
        assumeThat(Path.of("/usr/bin/psql")).exists();
        try (HeadroomProcess headroom = run(
                Map.of("PGHOST", sockets.toString()),
                "sh",
                "-c",
                "echo host=$PGHOST port=$PGPORT mode=$(stat -c %a \"$PGHOST\"); psql -Atc 'SELECT system_user, 6*7'")) {
            assertThat(headroom.exitStatus()).as(headroom.err()).isZero();
            assertThat(headroom.out())
                    .containsPattern("host=/\\S+ port=" + database.getPort() + " mode=700")
                    .doesNotContain("host=" + sockets)
                    .containsPattern("peer:\\S+\\|42")
                    .contains("1 statement on 1 connection");
        }
    }

    @Test
    void psycopg2SpeaksToItByAUrl() {
        String url = "postgresql://web@/postgres?host=" + sockets + "&port=" + database.getPort();
        try (HeadroomProcess headroom = run(Map.of("DATABASE_URL", url), python("""
                import os, psycopg2
                connection = psycopg2.connect(os.environ["DATABASE_URL"])
                cursor = connection.cursor()
                cursor.execute("SELECT system_user, %s * 7", (6,))
                print(cursor.fetchall(), connection.info.host)
                """))) {
            assertThat(headroom.exitStatus()).as(headroom.err()).isZero();
            assertThat(headroom.out())
                    .containsPattern("\\[\\('peer:\\S+', 42\\)]")
                    .doesNotContain(sockets.toString())
                    .contains("1 statement on 1 connection");
        }
    }

    @Test
    void sqlAlchemySpeaksToItByAUrl() {
        String url = "postgresql+psycopg2://web@/postgres?host=" + sockets + "&port=" + database.getPort();
        try (HeadroomProcess headroom = run(Map.of("DATABASE_URL", url), python("""
                import os, sqlalchemy
                with sqlalchemy.create_engine(os.environ["DATABASE_URL"]).connect() as connection:
                    print("answer", connection.execute(sqlalchemy.text("SELECT 6 * 7")).scalar())
                """))) {
            assertThat(headroom.exitStatus()).as(headroom.err()).isZero();
            assertThat(headroom.out()).contains("answer 42", "statements on 1 connection");
        }
    }

    @Test
    void anotherUserCannotConnectThroughIt() {
        assumeThat(System.getProperty("user.name")).isEqualTo("root");
        assumeThat(Path.of("/usr/bin/setpriv")).exists();
        assumeThat(Path.of("/usr/bin/psql")).exists();
        try (HeadroomProcess headroom = run(
                Map.of("PGHOST", sockets.toString()),
                "sh",
                "-c",
                "setpriv --reuid=65534 --regid=65534 --clear-groups psql -c 'SELECT 1'")) {
            assertThat(headroom.exitStatus()).isEqualTo(2);
            assertThat(headroom.err()).contains("Permission denied");
        }
    }

    @Test
    void whereThePathWouldBeTooLongForASocketAPortIsGivenAndSaid() throws Exception {
        assumeThat(Path.of("/usr/bin/psql")).exists();
        Path deep = Files.createDirectories(folder.resolve("d".repeat(100)));
        try (HeadroomProcess headroom = HeadroomProcess.start(
                folder,
                environment(Map.of("PGHOST", sockets.toString(), "JDK_JAVA_OPTIONS", "-Djava.io.tmpdir=" + deep)),
                "run",
                "--",
                "sh",
                "-c",
                "echo host=$PGHOST; psql -Atc 'SELECT 6*7'")) {
            assertThat(headroom.exitStatus()).as(headroom.err()).isZero();
            assertThat(headroom.out()).contains("host=127.0.0.1", "42");
            assertThat(headroom.err()).contains("no socket could be made for the app");
        }
    }

    @Test
    void aConnectionToTheServersOwnSocketIsFoundByDoctorSetup() {
        String program = """
                import http.server, os, psycopg2
                held = psycopg2.connect("host=" + os.sep.join(%s) + " port=%d user=web dbname=postgres")
                http.server.HTTPServer(("127.0.0.1", int(os.environ["PORT"])), http.server.SimpleHTTPRequestHandler).serve_forever()
                """.formatted("['" + sockets.toString().replace("/", "', '") + "']", database.getPort());
        String[] command = Stream.concat(Stream.of("doctor-setup", "--"), Stream.of(python(program)))
                .toArray(String[]::new);
        try (HeadroomProcess headroom = HeadroomProcess.start(folder, Map.of(), command)) {
            assertThat(headroom.exitStatus()).as(headroom.err()).isEqualTo(1);
            assertThat(headroom.out())
                    .contains("MISSED", sockets + "/.s.PGSQL." + database.getPort() + " past the proxy");
        }
    }

    private HeadroomProcess run(Map<String, String> environment, String... command) {
        String[] arguments =
                Stream.concat(Stream.of("run", "--"), Stream.of(command)).toArray(String[]::new);
        return HeadroomProcess.start(folder, environment(environment), arguments);
    }

    private static Map<String, String> environment(Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(more);
        if (more.containsKey("PGHOST")) {
            environment.put("PGPORT", Integer.toString(database.getPort()));
            environment.put("PGUSER", "web");
            environment.put("PGDATABASE", "postgres");
        }
        return environment;
    }

    private static String[] python(String program) {
        Path python = Path.of("/usr/bin/python3");
        assumeThat(python).exists();
        List<String> command = List.of(python.toString(), "-c", program);
        return command.toArray(String[]::new);
    }
}
