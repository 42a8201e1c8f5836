package dev.headroom.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who listens on the port that the app was told: the app, in each way in which it can be, or another program. */
class ToldPortEndToEndTest {
    private static final Pattern TOLD = Pattern.compile("which is told port (\\d+)");

    private static final String SERVE = """
            import http.server, os, socket, sys
            class Answer(http.server.BaseHTTPRequestHandler):
                def do_GET(self):
                    self.send_response(200); self.send_header('Content-Length', '7'); self.end_headers()
                    self.wfile.write(b'at home')
                def log_message(self, *args): pass
            def serve(listener):
                server = http.server.HTTPServer(('', 0), Answer, bind_and_activate=False)
                server.socket = listener
                server.serve_forever()
            def listen(family=socket.AF_INET, host='127.0.0.1'):
                s = socket.socket(family); s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                if family == socket.AF_INET6: s.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
                s.bind((host, int(os.environ['PORT']))); s.listen(64); return s
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void needsProc() {
        assumeThat(Path.of("/proc/net/tcp")).exists();
    }

    @Test
    void anotherProgramThatTakesThePortGetsNoRequestAndIsNamed() throws Exception {
        int own = HeadroomProcess.fixedPort();
        try (HeadroomProcess headroom = HeadroomProcess.run(
                folder,
                "sh",
                "-c",
                "until [ -e go ]; do sleep 0.05; done; exec " + String.join(" ", HeadroomProcess.app("" + own)))) {
            int told = told(headroom);
            AtomicInteger strays = new AtomicInteger();
            HttpServer stranger = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), told), 0);
            stranger.createContext("/", exchange -> {
                strays.incrementAndGet();
                exchange.sendResponseHeaders(200, -1);
                exchange.close();
            });
            stranger.start();
            try {
                String taken = "port " + told + ", which the app was told, is taken by java (process "
                        + ProcessHandle.current().pid() + ")";
                headroom.awaitSaid(taken);
                CompletableFuture<String> answer =
                        CompletableFuture.supplyAsync(() -> headroom.get("/").body());
                Files.createFile(folder.resolve("go"));

                assertThat(answer.get()).isEqualTo("at home");
                assertThat(strays).hasValue(0);
                headroom.awaitSaid("the app listens on port " + own + " instead of port " + told);
            } finally {
                stranger.stop(0);
            }
        }
    }

    @Test
    void anAppThatDiesBecauseItsPortIsTakenIsSaidWithWhoHasIt() throws Exception {
        try (HeadroomProcess headroom =
                HeadroomProcess.run(folder, "sh", "-c", "until [ -e go ]; do sleep 0.05; done; exit 3")) {
            int told = told(headroom);
            try (ServerSocket stranger = new ServerSocket(told, 1, InetAddress.getLoopbackAddress())) {
                assertThat(stranger.isBound()).isTrue();
                Files.createFile(folder.resolve("go"));
                assertThat(headroom.exitStatus()).isEqualTo(3);
                assertThat(headroom.err())
                        .containsPattern("the app ended with exit status 3 after .* s; port " + told
                                + ", which it was told, is taken by java \\(process \\d+\\); start it again");
            }
        }
    }

    @Test
    void aSocketThatWorkersInheritedIsTheApps() throws Exception {
        theAppAnswers("s = listen()\nif os.fork() == 0: serve(s)\ns.close()\nos.wait()\n");
    }

    @Test
    void aSocketThatWasOpenedBeforeTheServersStartIsTheApps() throws Exception {
        // as systemd and other supervisors pass theirs: descriptor 3 across exec
        theAppAnswers("""
                if len(sys.argv) > 1: serve(socket.socket(fileno=3))
                s = listen(); os.dup2(s.fileno(), 3, inheritable=True)
                os.execv('/usr/bin/python3', ['python3', __file__, 'again'])
                """);
    }

    @Test
    void anAppThatHasLeftItsTreeIsTheAppAllTheSame() throws Exception {
        theAppAnswers("""
                import signal
                if os.fork() == 0:
                    os.setsid()
                    if os.fork() == 0:
                        open('pid', 'w').write(str(os.getpid())); serve(listen())
                    os._exit(0)
                signal.pause()
                """);
    }

    @Test
    void anAppOnAllIpv6AddressesAndNoOtherIsReached() throws Exception {
        Path addresses = Path.of("/proc/net/if_inet6");
        assumeThat(Files.exists(addresses) && !Files.readString(addresses).isEmpty())
                .isTrue();
        theAppAnswers("serve(listen(socket.AF_INET6, '::'))\n");
    }

    private void theAppAnswers(String main) throws IOException {
        assumeThat(Path.of("/usr/bin/python3")).exists();
        Path script = Files.writeString(folder.resolve("app.py"), SERVE + main);
        try (HeadroomProcess headroom = HeadroomProcess.run(folder, "/usr/bin/python3", script.toString())) {
            assertThat(headroom.get("/").body()).isEqualTo("at home");
            headroom.signal("TERM");
            headroom.exitStatus();
            assertThat(headroom.err()).doesNotContain("taken", "instead of");
        } finally {
            if (Files.exists(folder.resolve("pid"))) {
                long left = Long.parseLong(Files.readString(folder.resolve("pid")));
                ProcessHandle.of(left).ifPresent(ProcessHandle::destroyForcibly);
            }
        }
    }

    private static int told(HeadroomProcess headroom) {
        headroom.front();
        Matcher matcher = TOLD.matcher(headroom.err());
        assertThat(matcher.find()).isTrue();
        return Integer.parseInt(matcher.group(1));
    }
}
