package dev.headroom.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.headroom.core.trace.Event;
import dev.headroom.server.recording.RecordingSettings;
import dev.headroom.server.recording.RecordingWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class RunEventsTest {
    private static final long START = 1_000_000_000_000L;
    private static final long MILLI = 1_000_000L;

    /** When the first of ours is, in milliseconds after the start: after those of the story. */
    private static final int FROM = 2_000;

    @TempDir
    Path folder;

    @Test
    void countsThoseOfATimeBeyondTheOnesThatItKeeps() {
        RunEvents events = new RunEvents();
        for (int i = 0; i < 3_000; i++) {
            events.add(event(i));
        }

        assertThat(events.kept()).hasSize(2_000);
        assertThat(events.within(range(0, 3_000))).isEqualTo(3_000);
        assertThat(events.within(range(2_500, 2_600))).isEqualTo(101);
        assertThat(events.moreWithin(range(0, 3_000))).isFalse();
    }

    @Test
    void saysThatThereAreMoreThanItCounts() {
        RunEvents events = new RunEvents();
        for (int i = 0; i < 250_001; i++) {
            events.add(event(i));
        }

        assertThat(events.within(range(0, 300_000))).isEqualTo(250_000);
        assertThat(events.moreWithin(range(0, 300_000))).isTrue();
        assertThat(events.moreWithin(range(0, 1_000))).isFalse();
    }

    @Test
    void thePageSaysHowManyItListsOfHowMany() {
        Path file = folder.resolve("run.headroom");
        try (RecordingWriter writer = RecordingWriter.create(file, RecordingSettings.defaults())) {
            StoryRecording.tell(writer, 1, false);
            for (int i = 0; i < 2_500; i++) {
                writer.event(event(i));
            }
        }
        try (Chromium chromium = Chromium.start();
                PageServer server = PageServer.start(PageSettings.defaults().atPort(0), List.of(file))) {
            Page page = chromium.page(1280, 800, ColorScheme.LIGHT);
            Chromium.awaitRead(page, server.address().toString());

            assertThat(events(page, server, "overview"))
                    .startsWith("2,502 events")
                    .contains("The first 200 of them are listed.")
                    .contains("event 197\n")
                    .doesNotContain("event 198\n");
            assertThat(events(page, server, "overview?from=2010&to=2015"))
                    .startsWith("6 events")
                    .contains("event 14")
                    .doesNotContain("listed");
            assertThat(events(page, server, "overview?from=3990&to=4010"))
                    .startsWith("21 events")
                    .contains("The first 8 of them are listed: of a run only the first 2,000 are kept.");
            assertThat(chromium.complaints()).isEmpty();
        }
    }

    private static String events(Page page, PageServer server, String view) {
        page.navigate("about:blank");
        page.navigate(server.address() + "#/0/" + view);
        page.locator("details.events summary").click();
        page.waitForSelector("details.events[open] li");
        return page.locator("details.events").innerText() + "\n";
    }

    private static Event event(int number) {
        return new Event(START + (FROM + number) * MILLI, Event.Kind.IDLE_TIMEOUT, 0, "event " + number);
    }

    private static TimeRange range(int from, int to) {
        return new TimeRange(START + (FROM + from) * MILLI, START + (FROM + to) * MILLI);
    }
}
