package dev.headroom.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.headroom.core.trace.Event;
import dev.headroom.core.trace.TraceSink;
import dev.headroom.server.recording.RecordingReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An app that answers in zstd, where the library that reads it can't be loaded. */
class ZstandardEndToEndTest {
    private static final String TOLD =
            "responses in zstd are not read for the values that they show: The native library";

    @TempDir
    Path folder;

    @Test
    void thatItCannotBeReadIsSaidOnceWithTheReason() throws IOException {
        assumeThat(Path.of("/usr/bin/python3")).exists();
        // printf '{"name":"Ada Lovelace","id":4711}' | zstd | xxd -p
        Path script = Files.writeString(folder.resolve("app.py"), """
                import http.server, os
                BODY = bytes.fromhex("28b52ffd04580901007b226e616d65223a22416461204c6f76656c616365222c"
                                     "226964223a343731317d42d11cb6")
                class Answer(http.server.BaseHTTPRequestHandler):
                    def do_GET(self):
                        self.send_response(200)
                        self.send_header("Content-Type", "application/json")
                        self.send_header("Content-Encoding", "zstd")
                        self.send_header("Content-Length", str(len(BODY)))
                        self.end_headers()
                        self.wfile.write(BODY)
                    def log_message(self, *args): pass
                http.server.HTTPServer(("127.0.0.1", int(os.environ["PORT"])), Answer).serve_forever()
                """);
        Path recording = folder.resolve("run.headroom");
        try (HeadroomProcess headroom = HeadroomProcess.start(
                folder,
                Map.of("JDK_JAVA_OPTIONS", "-DZstdNativePath=" + folder.resolve("missing.so")),
                "run",
                "--no-page",
                "--port=" + HeadroomProcess.fixedPort(),
                "--out=" + recording,
                "--",
                "/usr/bin/python3",
                script.toString())) {
            // loading is tried beside the traffic, so the first responses don't know yet how that went
            HeadroomProcess.eventually("it is in the recording", () -> {
                assertThat(headroom.get("/").statusCode()).isEqualTo(200);
                return events(recording).stream().anyMatch(text -> text.startsWith(TOLD));
            });
            headroom.get("/");
            headroom.signal("TERM");
            headroom.exitStatus();
            assertThat(headroom.out()).contains("responses in zstd are not read");
            assertThat(events(recording))
                    .filteredOn(text -> text.startsWith(TOLD))
                    .hasSize(1);
        }
    }

    private static List<String> events(Path recording) {
        List<String> texts = new ArrayList<>();
        try (RecordingReader reader = RecordingReader.open(recording)) {
            reader.replay(new TraceSink() {
                @Override
                public void event(Event event) {
                    texts.add(event.text());
                }
            });
        }
        return texts;
    }
}
