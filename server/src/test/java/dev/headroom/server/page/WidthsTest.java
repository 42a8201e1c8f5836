package dev.headroom.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every view from a telephone to a 4K screen, and by keyboard alone. */
@Timeout(180)
class WidthsTest {
    @TempDir
    static Path folder;

    @RegisterExtension
    static final StoryPage story = new StoryPage(() -> folder);

    static Stream<String> views() {
        return Stream.of(
                "overview",
                "routes",
                "requests?sort=statements",
                "request/1",
                "request/1?lines=single&all=1",
                "request/4",
                "shapes",
                "memory",
                "compare/1",
                "coverage",
                "finding");
    }

    @ParameterizedTest
    @MethodSource("views")
    void noViewScrollsSidewaysWithAllOfItOpened(String view) {
        for (int width : new int[] {360, 768, 1440, 3840}) {
            Page page = open(view, width, width < 800 ? 740 : 2160);
            StoryPage.openAll(page);

            assertThat((Number) page.evaluate("() => document.documentElement.scrollWidth - innerWidth"))
                    .as("%s at %d px", view, width)
                    .isEqualTo(0);
            // a chart that is wider than its place would show the start of the run only
            page.waitForFunction("() => [...document.querySelectorAll('.plot')].every(each =>"
                    + " Math.abs(each.querySelector('canvas').clientWidth - each.clientWidth) <= 1)");
            page.context().close();
        }
    }

    @ParameterizedTest
    @MethodSource("views")
    void aLargeScreenIsUsed(String view) {
        Page page = open(view, 3840, 2160);

        assertThat(((Number) page.evaluate("() => document.querySelector('main').clientWidth")).doubleValue())
                .as("what the view takes of 3840 px")
                .isGreaterThan(3840 * 0.9);
        assertThat(((Number) page.evaluate("() => parseFloat(getComputedStyle(document.body).fontSize)")).doubleValue())
                .as("letters")
                .isBetween(18.0, 24.0);
        assertThat(((Number)
                                page.evaluate(
                                        "() => Math.max(0, ...[...document.querySelectorAll('main > p:not(.headline)')].map(each => each.clientWidth))"))
                        .doubleValue())
                .as("lines of text that the eye can follow")
                .isLessThan(1400);
        page.context().close();
    }

    @Test
    void theFourChartsStandSideBySideOnALargeScreen() {
        Page page = open("overview", 3840, 2160);

        assertThat(
                        (Number)
                                page.evaluate(
                                        "() => new Set([...document.querySelectorAll('.charts .chart')].map(each => each.offsetTop)).size"))
                .isEqualTo(1);
        page.context().close();
    }

    @ParameterizedTest
    @MethodSource("views")
    void everythingThatCanBeClickedIsReachedByTheTabKey(String view) {
        Page page = open(view, 1440, 900);
        // what the keyboard must reach: shown, and not switched off
        int wanted = ((Number) page.evaluate("""
                () => {
                    const all = [...document.querySelectorAll('a[href], button, input, select, summary, [tabindex="0"]')];
                    const shown = all.filter(each => each.checkVisibility() && !each.disabled);
                    shown.forEach((each, i) => { each.dataset.tab = i; });
                    return shown.length;
                }""")).intValue();
        assertThat(wanted).isGreaterThan(5);
        page.evaluate("() => { window.reached = new Set(); document.addEventListener('focusin', event => {"
                + " event.target.dataset.tab && window.reached.add(event.target.dataset.tab); }); }");
        for (int i = 0; i <= wanted; i++) {
            page.keyboard().press("Tab");
        }

        assertThat((Number) page.evaluate("() => window.reached.size")).as(view).isEqualTo(wanted);
        page.context().close();
    }

    @ParameterizedTest
    @MethodSource("views")
    void everyChartHasItsTable(String view) {
        Page page = open(view, 1440, 900);

        assertThat(
                        (Number)
                                page.evaluate(
                                        "() => [...document.querySelectorAll('figure.chart .plot')].filter(each => !each.closest('figure').querySelector('table tbody tr')).length"))
                .isEqualTo(0);
        page.context().close();
    }

    @ParameterizedTest
    @MethodSource("views")
    void onATelephoneEveryRowOfATableIsReadWithoutScrolling(String view) throws IOException {
        Page page = open(view, 360, 740);

        assertThat(page.evaluate("() => [...document.querySelectorAll('main .cards, main .few')]"
                        + ".filter(each => each.scrollWidth > each.clientWidth).map(each => each.ariaLabel)"))
                .as("tables wider than the screen")
                .isEqualTo(List.of());
        assertThat(page.evaluate("() => [...document.querySelectorAll('main .cards td')]"
                        + ".filter(each => getComputedStyle(each, '::before').content.length < 4).length"))
                .as("figures without their column's name")
                .isEqualTo(0);
        assertThat(Axe.violations(page)).isEmpty();
        page.context().close();
    }

    private static Page open(String view, int width, int height) {
        return open(story, view, width, height, ColorScheme.LIGHT);
    }

    /** One of {@link #views()}. */
    static Page open(StoryPage story, String view, int width, int height, ColorScheme scheme) {
        Page page = story.open(view.equals("finding") ? "overview" : view, width, height, scheme);
        if (view.equals("finding")) {
            page.locator(".finding a").first().click();
            page.waitForSelector("text=How it is known");
        }
        return page;
    }
}
