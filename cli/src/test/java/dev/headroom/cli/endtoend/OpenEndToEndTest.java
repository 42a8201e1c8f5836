package dev.headroom.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.server.page.StoryRecordings;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code headroom open}: the page over recordings, without a run. */
@Timeout(300)
class OpenEndToEndTest {
    @TempDir
    Path folder;

    @Test
    void servesRecordingsUntilItIsEndedAndWritesNothing() throws Exception {
        Path before = StoryRecordings.before(folder, 40);
        Path after = StoryRecordings.after(folder, 40);
        byte[] content = Files.readAllBytes(before);
        try (HeadroomProcess headroom = HeadroomProcess.start(
                folder,
                Map.of(),
                "open",
                "--page-port",
                Integer.toString(HeadroomProcess.fixedPort()),
                before.toString(),
                after.toString())) {
            HeadroomProcess.eventually(
                    "it says where",
                    () -> headroom.out().contains("\n") || !headroom.handle().isAlive());
            LivePage page = new LivePage(URI.create(headroom.out().strip()));

            assertThat(page.get("")).contains("<title>Headroom</title>");
            assertThat(page.get("api/recordings")).contains("before.headroom", "after.headroom");
            HeadroomProcess.eventually(
                    "both are read", () -> page.get("api/recordings").split("\"read\":true", -1).length == 3);
            assertThat(page.get("api/recordings/0/compare/1")).contains("\"headroom-comparison\"", "GET /api/orders");
            assertThat(page.post("api/plan?recording=0&shape=1").statusCode())
                    .as("a plan, without a run")
                    .isGreaterThanOrEqualTo(400);
            headroom.signal("INT");
            headroom.exitStatus();
        }
        assertThat(before).hasBinaryContent(content);
    }

    @Test
    void aFileThatIsNoRecordingIsToldBeforeAnythingIsServed() throws Exception {
        Path other = Files.writeString(folder.resolve("notes.txt"), "not a recording");
        try (HeadroomProcess headroom = HeadroomProcess.start(
                folder, Map.of(), "open", StoryRecordings.before(folder, 20).toString(), other.toString())) {
            assertThat(headroom.exitStatus()).isEqualTo(65);
            assertThat(headroom.err()).isEqualTo("headroom: " + other + " is not a Headroom recording.\n");
            assertThat(headroom.out()).isEmpty();
        }
    }
}
