package dev.headroom.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code headroom doctor-setup} on apps that are intercepted, and on those that go their own ways. */
class DoctorSetupTest {
    /** Serves {@code /}, and at {@code /data} asks the database that its argument says. */
    private static final String APP = """
            import http.server, os, sqlite3, sys
            kind, where = sys.argv[1], sys.argv[2]
            def connect():
                if kind == "sqlite":
                    made = sqlite3.connect(where)
                    made.execute("CREATE TABLE orders (id int)")
                    return made
                import psycopg2
                return psycopg2.connect(os.environ[where] if kind == "variable" else where)
            held = connect() if kind != "nothing" else None
            class Page(http.server.BaseHTTPRequestHandler):
                def do_GET(self):
                    cursor = held.cursor() if held and self.path == "/data" else None
                    if cursor:
                        cursor.execute("SELECT 6 * 7")
                    body = str(cursor.fetchone()[0] if cursor else "home").encode()
                    self.send_response(200)
                    self.send_header("Content-Length", str(len(body)))
                    self.end_headers()
                    self.wfile.write(body)
            http.server.HTTPServer(("127.0.0.1", int(os.environ["PORT"])), Page).serve_forever()
            """;

    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    @TempDir
    Path folder;

    @Test
    void anAppThatReadsItsAddressFromTheEnvironmentIsIntercepted() throws Exception {
        try (HeadroomProcess headroom = tryOut(Map.of("DATABASE_URL", url()), python("variable", "DATABASE_URL"))) {
            assertThat(headroom.exitStatus()).as(headroom.err()).isZero();
            assertThat(headroom.out())
                    .contains("PostgreSQL addresses led through Headroom: DATABASE_URL")
                    .contains(
                            "as PORT told it",
                            "GET / reached the app",
                            "GET /data reached the app and was answered 200")
                    .contains("the app opened 1 connection to its database through the proxy; 1 statement seen")
                    .contains("loaded by 1 process of the app")
                    .contains("All that was found is intercepted")
                    .doesNotContain("MISSED", "secret");
        }
    }

    @Test
    void aConnectionPastTheProxyIsNamed() throws Exception {
        try (HeadroomProcess headroom = tryOut(Map.of("DATABASE_URL", url()), python("url", url()))) {
            // the command holds the address, which is found there: so it is hidden from sight
            assertThat(headroom.exitStatus()).isZero();
        }
        Files.writeString(folder.resolve("settings.py"), "DATABASE = \"" + url() + "\"\n");
        Files.writeString(
                folder.resolve("app.py"), "import settings, sys\nsys.argv[1:] = ['url', settings.DATABASE]\n" + APP);
        try (HeadroomProcess headroom = tryOut(
                Map.of("DATABASE_URL", url()),
                "/usr/bin/python3",
                folder.resolve("app.py").toString())) {
            assertThat(headroom.exitStatus()).isEqualTo(1);
            assertThat(headroom.out())
                    .contains(
                            "MISSED", "the app opened a connection to 127.0.0.1:" + database.port() + " past the proxy")
                    .contains("let them read it from the environment")
                    .doesNotContain("secret");
        }
    }

    @Test
    void anSqliteDatabaseIsNamed() throws Exception {
        Path file = folder.resolve("db.sqlite3");
        try (HeadroomProcess headroom = tryOut(Map.of(), python("sqlite", file.toString()))) {
            assertThat(headroom.exitStatus()).isEqualTo(1);
            assertThat(headroom.out())
                    .contains("MISSED", "the app opened the SQLite database " + file.toRealPath())
                    .contains("only PostgreSQL's statements are seen");
        }
    }

    @Test
    void anAppThatNeverListensIsLeftAfterItsTime() {
        try (HeadroomProcess headroom =
                HeadroomProcess.start(folder, Map.of(), "doctor-setup", "--timeout", "1s", "--", "sleep", "600")) {
            assertThat(headroom.exitStatus()).isEqualTo(69);
            assertThat(headroom.out())
                    .contains("untried", "--timeout")
                    .containsPattern("the app listened on no port after \\d+\\.\\d s");
        }
    }

    @Test
    void anAppThatDiesIsSaidWithItsExitStatusAndItsOutput() {
        try (HeadroomProcess headroom = tryOut(Map.of(), "sh", "-c", "echo no settings; exit 4")) {
            assertThat(headroom.exitStatus()).isEqualTo(69);
            assertThat(headroom.out())
                    .contains("the app ended with exit status 4")
                    .doesNotContain("no settings");
            assertThat(headroom.err()).contains("no settings");
        }
    }

    @Test
    void aCommandThatDoesNotExistHasAShellsExitStatus() {
        try (HeadroomProcess headroom = tryOut(Map.of(), "no-such-command-here")) {
            assertThat(headroom.exitStatus()).isEqualTo(127);
        }
    }

    @Test
    void aPythonThatLoadsNoInstrumentationIsSaidWithTheSwitchThatKeepsItOut() throws Exception {
        String[] isolated = python("nothing", "-");
        try (HeadroomProcess headroom = tryOut(Map.of(), isolated[0], "-I", isolated[1], isolated[2], isolated[3])) {
            assertThat(headroom.exitStatus()).isEqualTo(1);
            assertThat(headroom.out()).contains("no hello from the app's Python: -I keeps it", "start it without -I");
        }
    }

    @Test
    void anAppThatListensElsewhereIsFound() throws Exception {
        Path app = write();
        int port = HeadroomProcess.fixedPort();
        try (HeadroomProcess headroom =
                tryOut(Map.of(), "sh", "-c", "PORT=" + port + " exec /usr/bin/python3 '" + app + "' nothing -")) {
            assertThat(headroom.exitStatus()).as(headroom.err()).isZero();
            assertThat(headroom.out())
                    .contains("the app listens on port " + port + " and not on", "GET / reached the app");
        }
    }

    @Test
    void anAppOnAUnixSocketAloneIsTriedThere() throws Exception {
        assumeThat(Path.of("/proc/net/unix")).isReadable();
        try (HeadroomProcess headroom = tryOut(Map.of(), gunicorn())) {
            assertThat(headroom.exitStatus()).as(headroom.out()).isZero();
            assertThat(headroom.out().replaceAll("\\s+", " "))
                    .containsPattern(
                            "the app listens on the socket /\\S+/app.sock and not on port \\d+, which PORT said")
                    .contains("GET / reached the app and was answered 200")
                    .contains("All that was found is intercepted");
        }
    }

    @Test
    void anAppThatSpeaksTlsOnItsUnixSocketIsSaidTo() throws Exception {
        assumeThat(Path.of("/proc/net/unix")).isReadable();
        PemFiles.in(folder);
        try (HeadroomProcess headroom = tryOut(Map.of(), gunicorn("--keyfile=key.pem", "--certfile=cert.pem"))) {
            assertThat(headroom.exitStatus()).as(headroom.out()).isEqualTo(1);
            assertThat(headroom.out().replaceAll("\\s+", " "))
                    .containsPattern("the app listens on the socket /\\S+/app.sock")
                    .contains("the app speaks TLS where it takes requests; let it speak plain HTTP there")
                    .contains("MISSED GET / was answered by Headroom with 502");
        }
    }

    private String[] gunicorn(String... options) throws IOException {
        Path program = Path.of("/usr/bin/gunicorn");
        assumeThat(program).exists();
        Files.writeString(folder.resolve("shop.py"), """
                def application(environ, start_response):
                    start_response("200 OK", [("Content-Length", "4")])
                    return [b"home"]
                """);
        return Stream.of(Stream.of(program.toString(), "--bind=unix:app.sock"), Stream.of(options), Stream.of("shop"))
                .flatMap(each -> each)
                .toArray(String[]::new);
    }

    @Test
    void findingsComeAsJsonToo() throws Exception {
        String[] app = python("variable", "DATABASE_URL");
        String[] command = Stream.concat(Stream.of("doctor-setup", "--json", "--"), Stream.of(app))
                .toArray(String[]::new);
        try (HeadroomProcess headroom = HeadroomProcess.start(folder, Map.of("DATABASE_URL", url()), command)) {
            assertThat(headroom.exitStatus()).as(headroom.err()).isZero();
            assertThat(headroom.out())
                    .startsWith("{")
                    .contains("\"complete\" : true", "\"id\" : \"database\"", "\"level\" : \"seen\"");
        }
    }

    @Test
    void aJobIsTriedToItsEnd() throws Exception {
        String job = "import os, psycopg2; psycopg2.connect(os.environ['DATABASE_URL']).cursor().execute('SELECT 1')";
        try (HeadroomProcess headroom = tryOut(Map.of("DATABASE_URL", url()), "/usr/bin/python3", "-c", job)) {
            assertThat(headroom.exitStatus()).as(headroom.out()).isZero();
            assertThat(headroom.out())
                    .contains("served nobody: a job", "1 connection to its database through the proxy");
        }
    }

    @Test
    void aPathMustBeOne() {
        try (HeadroomProcess headroom =
                HeadroomProcess.start(folder, Map.of(), "doctor-setup", "--path", "orders", "--", "true")) {
            assertThat(headroom.exitStatus()).isEqualTo(64);
            assertThat(headroom.err()).contains("a path starts with /");
        }
    }

    private HeadroomProcess tryOut(Map<String, String> environment, String... command) {
        return HeadroomProcess.start(
                folder,
                environment,
                Stream.concat(Stream.of("doctor-setup", "--path", "/data", "--"), Stream.of(command))
                        .toArray(String[]::new));
    }

    private String[] python(String kind, String where) throws IOException {
        assumeThat(Path.of("/usr/bin/python3")).exists();
        return List.of("/usr/bin/python3", write().toString(), kind, where).toArray(String[]::new);
    }

    private Path write() throws IOException {
        return Files.writeString(folder.resolve("serve.py"), APP);
    }

    private static String url() {
        return "postgres://postgres:secret@127.0.0.1:" + database.port() + "/postgres";
    }
}
