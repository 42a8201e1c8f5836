package dev.headroom.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.headroom.core.trace.Attribution;
import dev.headroom.core.trace.CallSite;
import dev.headroom.core.trace.Digests;
import dev.headroom.core.trace.Query;
import dev.headroom.core.trace.QueryShape;
import dev.headroom.core.trace.StatementKind;
import dev.headroom.server.recording.Lossless;
import dev.headroom.server.recording.RecordingWriter;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class PlacesTest {
    @TempDir
    Path folder;

    @Test
    void countsThePlacesBeyondTheFirstTwentyAndTheirExecutions() {
        Set<Places.Other> known = new HashSet<>();
        Places one = new Places();
        Places other = new Places();
        for (int i = 0; i < 23; i++) {
            one.add("place " + i, 2, known);
            other.add("place " + i, 1, known);
        }
        one.add("place 3", 5, known);
        one.add("place 22", 5, known);

        assertThat(one.times()).hasSize(20).containsEntry("place 3", 7L).containsEntry("place 19", 2L);
        assertThat(one.others()).isEqualTo(Map.of("places", 3L, "more", false, "times", 11L));
        assertThat(other.others()).isEqualTo(Map.of("places", 3L, "more", false, "times", 3L));
    }

    @Test
    void saysThatThereAreMoreThanItCountsOnceTheyAreTooManyToTellApart() {
        Set<Places.Other> known = new HashSet<>();
        Places places = new Places();
        for (int i = 0; i < 20_000; i++) {
            places.add("place " + i, 1, known);
        }
        Places late = new Places();
        for (int i = 0; i < 21; i++) {
            late.add("place " + i, 1, known);
        }

        assertThat(places.others()).isEqualTo(Map.of("places", 10_000L, "more", true, "times", 19_980L));
        assertThat(late.others()).isEqualTo(Map.of("places", 0L, "more", true, "times", 1L));
        assertThat(known).hasSize(10_000);
    }

    @Test
    void thePageSaysHowManyAreNotListed() {
        Path file = folder.resolve("run.headroom");
        try (RecordingWriter writer = RecordingWriter.create(file, Lossless.SETTINGS)) {
            StoryRecording.tell(writer, 1, false);
            for (int i = 0; i < 24; i++) {
                writer.outside(query(i, Math.min(i, 22)));
            }
        }
        try (Chromium chromium = Chromium.start();
                PageServer server = PageServer.start(PageSettings.defaults().atPort(0), List.of(file))) {
            Page page = chromium.page(1280, 800, ColorScheme.LIGHT);
            Chromium.awaitRead(page, server.address().toString());
            page.navigate("about:blank");
            page.navigate(server.address() + "#/0/shapes/abc");
            page.waitForSelector("text=Call sites");

            assertThat(page.locator("main").innerText())
                    .contains("Ran 24 times")
                    .contains("The first 20 call sites that were seen. 3 call sites more are not listed,"
                            + " with 4 executions.")
                    .doesNotContain("routes that were seen");
            assertThat(chromium.complaints()).isEmpty();
        }
    }

    private static Query query(int id, int line) {
        return new Query(
                1_000 + id,
                0,
                Attribution.BACKGROUND,
                1,
                0,
                new QueryShape(0xabc, "SELECT 1 FROM jobs", StatementKind.SELECT, List.of("jobs"), false),
                new CallSite("app.py", line + 1, "load", null, null),
                1_000_900_000_000L + id * 1_000L,
                0,
                1_000_900_000_500L + id * 1_000L,
                1,
                60,
                Digests.NONE,
                true,
                List.of(),
                null);
    }
}
