package dev.headroom.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the page says of memory that was looked at only once, in a short run or a chosen part: not that it is a peak. */
@Timeout(180)
class SingleSampleTest {
    private static final int SHORT = 0;
    private static final int LONG = 1;

    @TempDir
    static Path folder;

    private static Chromium chromium;
    private static PageServer server;

    @BeforeAll
    static void start() {
        chromium = Chromium.start();
        server = PageServer.start(
                PageSettings.defaults().atPort(0),
                List.of(
                        StoryRecording.write(folder.resolve("short.headroom"), 1, false),
                        StoryRecording.write(folder.resolve("long.headroom"), 100, false)));
        Page page = chromium.page(800, 600, ColorScheme.LIGHT);
        Chromium.awaitRead(page, server.address().toString());
        page.context().close();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
        if (chromium != null) {
            chromium.close();
        }
    }

    @Test
    void theOverviewSaysThatItIsTheOnlyOne() {
        assertThat(text(SHORT, "overview"))
                .contains("memory in its only sample")
                .doesNotContain("peak");
        assertThat(text(LONG, "overview")).contains("peak memory").doesNotContain("only sample");
    }

    @Test
    void theChartsOfMemoryAndHeapSayThatItIsTheOnlyOne() {
        assertThat(text(SHORT, "memory"))
                .containsPattern("Memory\\s+only sample: \\d+ MB of 512 MB")
                .containsPattern("JVM heap and metaspace\\s+only sample: \\d+ MB of 256 MB")
                .doesNotContain("peak");
        assertThat(text(LONG, "memory"))
                .containsPattern("Memory\\s+peak \\d+ MB of 512 MB")
                .containsPattern("JVM heap and metaspace\\s+peak \\d+ MB of 256 MB")
                .doesNotContain("only sample");
    }

    @Test
    void aChosenPartWithOneSampleHasNoPeakEither() {
        assertThat(text(LONG, "memory?from=0&to=900"))
                .containsPattern("Memory\\s+only sample: ")
                .containsPattern("JVM heap and metaspace\\s+only sample: ");
    }

    @Test
    void theComparisonMarksTheRunThatHasOne() {
        assertThat(text(SHORT, "compare/1"))
                .containsPattern("memory of the app\\s+\\d+ MB in its only sample\\s+\\d+ MB\\s");
        assertThat(text(LONG, "compare/0"))
                .containsPattern("memory of the app\\s+\\d+ MB\\s+\\d+ MB in its only sample\\s");
    }

    private static String text(int recording, String view) {
        Page page = chromium.page(1280, 800, ColorScheme.LIGHT);
        page.navigate(server.address() + "#/" + recording + "/" + view);
        page.waitForFunction(Chromium.SETTLED);
        page.waitForSelector("main table, main .figures, main .chart");
        String text = page.locator("main").innerText();
        page.context().close();
        return text;
    }
}
