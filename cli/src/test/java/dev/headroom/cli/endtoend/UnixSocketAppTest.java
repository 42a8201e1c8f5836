package dev.headroom.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An app that listens on no port, but on a Unix socket. */
class UnixSocketAppTest {
    private static final Path GUNICORN = Path.of("/usr/bin/gunicorn");

    @TempDir
    Path folder;

    @BeforeEach
    void needsProc() {
        assumeThat(Path.of("/proc/net/unix")).isReadable();
    }

    @Test
    void gunicornOnASocketIsSaidAtOnceAndGetsTheRequests() throws IOException {
        assumeThat(GUNICORN).exists();
        Files.writeString(folder.resolve("shop.py"), """
                def application(environ, start_response):
                    body = environ["wsgi.input"].read() or environ["HTTP_HOST"].encode()
                    start_response("200 OK", [("Content-Length", str(len(body)))])
                    return [body]
                """);
        try (HeadroomProcess headroom =
                HeadroomProcess.run(folder, GUNICORN.toString(), "--workers", "2", "--bind", "unix:app.sock", "shop")) {
            String host = headroom.front().getAuthority();
            assertThat(headroom.get("/").body()).isEqualTo(host);
            assertThat(headroom.get("/").body()).isEqualTo(host);
            headroom.signal("TERM");
            headroom.exitStatus();
            assertThat(headroom.err())
                    .containsPattern("the app listens on the socket /\\S+/app.sock instead of port \\d+, which PORT"
                            + " said; requests go there");
            assertThat(headroom.out()).contains("2 requests");
        }
    }

    @Test
    void ofSeveralSocketsItIsSaidThatThePortIsWaitedFor() throws IOException {
        assumeThat(Path.of("/usr/bin/python3")).exists();
        Path script = Files.writeString(folder.resolve("app.py"), """
                import os, socket, time
                def listen(s, address): s.bind(address); s.listen(8); return s
                kept = [listen(socket.socket(socket.AF_UNIX), name) for name in ("a.sock", "b.sock", ".java_pid7")]
                while not os.path.exists("go"): time.sleep(0.05)
                tcp = listen(socket.socket(), ("127.0.0.1", int(os.environ["PORT"])))
                connection = tcp.accept()[0]
                connection.recv(65536)
                connection.sendall(b"HTTP/1.1 200 OK\\r\\nContent-Length: 7\\r\\n\\r\\nat home")
                """);
        try (HeadroomProcess headroom = HeadroomProcess.run(folder, "/usr/bin/python3", script.toString())) {
            headroom.awaitSaid("; requests wait until it listens on port ");
            assertThat(headroom.err())
                    .containsPattern("the app listens on no port, but on the socket /\\S+/a.sock and /\\S+/b.sock, and"
                            + " which takes requests can't be told; requests wait until it listens on port \\d+");
            Files.createFile(folder.resolve("go"));
            assertThat(headroom.get("/").body()).isEqualTo("at home");
        }
    }
}
