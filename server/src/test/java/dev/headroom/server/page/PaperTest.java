package dev.headroom.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every view on paper: what a button would show is shown, and nothing is cut off. */
@Timeout(180)
class PaperTest {
    /** A4 less the browser's own margins, at 96 pixels an inch. */
    private static final int WIDTH = 718;

    @TempDir
    static Path folder;

    @RegisterExtension
    static final StoryPage story = new StoryPage(() -> folder);

    static Stream<String> views() {
        return WidthsTest.views();
    }

    @ParameterizedTest
    @MethodSource("views")
    void hasItsHeadingsAndFitsAPage(String view) {
        Page page = printed(view, ColorScheme.LIGHT);

        assertThat((Number) page.evaluate("() => document.documentElement.scrollWidth - innerWidth"))
                .as("wider than a page by")
                .isEqualTo(0);
        assertThat(page.locator("main .cards, main .few").all())
                .allSatisfy(table -> assertThat(
                                table.locator("thead th:first-child").first().innerText())
                        .as("heading")
                        .isNotBlank());
        assertThat(page.locator("header nav").isVisible()).isFalse();
        assertThat(page.locator("main button:visible:not(thead *)").count()).isZero();
        page.context().close();
    }

    @Test
    void isDarkOnLightInEveryScheme() {
        Page page = printed("overview", ColorScheme.DARK);

        assertThat(page.evaluate("() => getComputedStyle(document.documentElement).color"))
                .isEqualTo("rgb(22, 25, 29)");
        page.context().close();
    }

    @Test
    void holdsAllFindingsWhereAScreenShowsTheFirst() {
        Page page = story.open("overview", 1280, 800, ColorScheme.LIGHT);
        int all = Integer.parseInt(page.locator("main h2").first().innerText().replaceAll("(?s) .*", ""));
        int shown = page.locator("main > .findings .finding, main > section .finding")
                .count();
        assertThat(all).isGreaterThan(shown);

        byte[] pdf = page.pdf();

        assertThat(new String(pdf, 0, 5, StandardCharsets.US_ASCII)).isEqualTo("%PDF-");
        page.waitForFunction("() => document.querySelector('button.more').textContent.startsWith('Show the')");
        assertThat(page.locator("main > .findings .finding").count()).isEqualTo(all);
        page.context().close();
    }

    @Test
    void saysWhichRecordingAndWhichPartOfIt() {
        Page page = printed("overview?from=0&to=3000", ColorScheme.LIGHT);

        assertThat(page.locator(".which").isVisible()).isTrue();
        assertThat(page.locator("footer code").isVisible()).isTrue();
        assertThat(page.locator(".range.chosen").innerText()).contains("Only this part of the run is shown.");
        page.context().close();
    }

    private static Page printed(String view, ColorScheme scheme) {
        Page page = WidthsTest.open(story, view, WIDTH, 1000, scheme);
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
        return page;
    }
}
