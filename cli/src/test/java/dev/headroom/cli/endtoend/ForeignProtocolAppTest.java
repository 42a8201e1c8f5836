package dev.headroom.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real servers that don't speak HTTP/1.1 in the clear where they listen. */
class ForeignProtocolAppTest {
    @TempDir
    Path folder;

    @Test
    void nodeThatSpeaksOnlyHttp2IsNamed() throws IOException {
        node("http2.createServer((request, response) => response.end('x'))");
        said(List.of(node(), "app.js"), "the app speaks only HTTP/2 where it takes requests");
    }

    @Test
    void nodeThatClosesPlainConnectionsOfItsTlsPortWithoutAnAlertIsNamed() throws Exception {
        PemFiles.in(folder);
        node("https.createServer({key: fs.readFileSync('key.pem'), cert: fs.readFileSync('cert.pem')}, () => {})");
        said(List.of(node(), "app.js"), "the app speaks TLS where it takes requests");
    }

    @Test
    void gunicornThatResetsPlainConnectionsOfItsTlsPortIsNamed() throws Exception {
        gunicornWithTlsIsNamed("127.0.0.1:{port}");
    }

    @Test
    void gunicornThatSpeaksTlsOnAUnixSocketIsNamed() throws Exception {
        assumeThat(Path.of("/proc/net/unix")).isReadable();
        gunicornWithTlsIsNamed("unix:app.sock");
    }

    @Test
    void anAppThatClosesItsUnixSocketWithoutAWordAndSpeaksNoTlsIsNotCalledSo() throws IOException {
        assumeThat(Path.of("/proc/net/unix")).isReadable();
        node("net.createServer(socket => socket.once('data', () => socket.end()))", "'app.sock'");
        said(List.of(node(), "app.js"), "the app closed the connection without a response.");
    }

    @Test
    void anAppThatClosesWithoutAWordAndSpeaksNoTlsIsNotCalledSo() throws IOException {
        node("net.createServer(socket => socket.once('data', () => socket.end()))");
        said(List.of(node(), "app.js"), "the app closed the connection without a response.");
    }

    private void gunicornWithTlsIsNamed(String address) throws Exception {
        String gunicorn = program("gunicorn");
        PemFiles.in(folder);
        Files.writeString(folder.resolve("shop.py"), "def application(environ, start_response): return []\n");
        List<String> command =
                List.of(gunicorn, "--bind=" + address, "--keyfile=key.pem", "--certfile=cert.pem", "shop");
        said(command, "the app speaks TLS where it takes requests");
    }

    /** What was found out by one request holds for the next; on a busy machine the first may not find it out. */
    private void said(List<String> command, String text) {
        try (HeadroomProcess headroom = HeadroomProcess.run(folder, command.toArray(String[]::new))) {
            HeadroomProcess.eventually(
                    "it is found out", () -> headroom.get("/").body().contains(text));
            HttpResponse<String> answer = headroom.get("/");
            assertThat(answer.body()).contains(text);
            assertThat(answer.statusCode()).isEqualTo(502);
        }
    }

    private void node(String server) throws IOException {
        node(server, "process.env.PORT, '127.0.0.1'");
    }

    private void node(String server, String where) throws IOException {
        Files.writeString(
                folder.resolve("app.js"),
                "const [fs, net, https, http2] = ['fs', 'net', 'https', 'http2'].map(require);\n" + server + ".listen("
                        + where + ");\n");
    }

    private static String node() {
        return program("node");
    }

    private static String program(String name) {
        List<String> found = Stream.of(System.getenv("PATH").split(":"))
                .map(each -> Path.of(each, name).toString())
                .filter(file -> Files.isExecutable(Path.of(file)))
                .toList();
        assumeThat(found).as(name).isNotEmpty();
        return found.get(0);
    }
}
