package dev.headroom.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page's state is its address: it can be kept, sent and opened again, and a wrong one is no blank page. */
@Timeout(180)
class AddressTest {
    @TempDir
    static Path folder;

    @RegisterExtension
    static final StoryPage story = new StoryPage(() -> folder);

    @AfterEach
    void refusedAnswersMayBeComplainedOf() {
        story.chromium().complaints().removeIf(each -> each.contains("status of 4"));
    }

    @Test
    void aTimeChosenByKeyboardGoesAlongToEveryViewAndBack() {
        Page page = open("overview");
        page.locator(".range input").first().focus();
        page.keyboard().type("0.5");
        page.keyboard().press("Tab");
        page.keyboard().type("3");
        page.keyboard().press("Enter");
        page.waitForSelector(".range.chosen");
        page.waitForSelector("text=that began in this time");
        page.waitForFunction("() => location.hash.includes('from=500') && location.hash.includes('to=3000')");

        page.locator(".finding a").first().press("Enter");
        page.waitForSelector("text=How it is known");
        page.locator("main a:has-text('everywhere it runs')").first().press("Enter");
        page.waitForSelector("text=Where from");
        assertThat(page.locator("main").innerText()).contains("in this time");
        page.locator("nav a:has-text('Requests')").press("Enter");
        // the view before has a table, too
        page.waitForSelector("h1:has-text('Requests')");
        page.locator("tbody a").first().press("Enter");
        page.waitForSelector("text=Where the time went");
        page.locator("nav a:has-text('Memory')").press("Enter");
        page.waitForSelector("h1:has-text('Memory')");
        page.waitForSelector(".range.chosen");

        assertThat(page.url()).contains("from=500", "to=3000");
        page.locator(".range button").press("Enter");
        page.waitForFunction("() => !document.querySelector('.range.chosen') && !location.hash.includes('from')");
        page.context().close();
    }

    @Test
    void theOtherRecordingIsShownWhole() {
        Page page = open("routes?from=0&to=3000");
        page.waitForSelector(".range.chosen");
        page.locator(".which select").selectOption("1");
        page.waitForFunction("() => location.hash.startsWith('#/1/')");

        assertThat(page.url()).doesNotContain("from=");
        page.context().close();
    }

    @ParameterizedTest
    @CsvSource({"routes, requests", "shapes, times", "request/1, rows", "compare/1, rows"})
    void theOrderOfATableIsInTheAddressAndComesBackWithIt(String view, String column) {
        Page page = open(view);
        page.locator("thead button", new Page.LocatorOptions().setHasText(column))
                .first()
                .press("Enter");
        page.waitForSelector("th[aria-sort=descending]:has-text('" + column + "')");
        List<String> ordered = firstCells(page);
        assertThat(page.url()).contains("sort=-");
        String address = page.url();
        page.navigate("about:blank");
        page.navigate(address);
        page.waitForFunction(Chromium.SETTLED);
        page.waitForSelector("th[aria-sort=descending]:has-text('" + column + "')");

        assertThat(firstCells(page)).isEqualTo(ordered);
        page.context().close();
    }

    private static List<String> firstCells(Page page) {
        return page.locator("tbody th").allInnerTexts();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#/0/finding/%E0%A4%A",
                "#/0/request/%",
                "#/0/requests?operation=%E0%A4%A",
                "#/0/nowhere",
                "#/7/routes",
                "#/0/request/9999999999999999999999",
                "#/0/request/-1",
                "#/0/shapes/%3Cimg%20src=x%3E",
                "#/0/compare/7",
                "#/0/routes?from=zero&to=-1",
                "#/0/memory?from=9000&to=1",
                "#/0/overview?from=1e300",
                "#/0/requests?offset=-5&sort=nothing",
                "#/0/routes?sort=nothing",
                "#//////"
            })
    void aWrongAddressShowsWhatIsWrongOrSomethingElseNotABlankPage(String address) {
        Page page = story.chromium().page(1280, 800, ColorScheme.LIGHT);
        page.navigate(story.server().address() + address);
        page.waitForFunction(Chromium.SETTLED);
        if (address.startsWith("#/0/")) {
            // what depends on the recording's length comes with the frame's own answer
            page.waitForSelector("footer code");
        }

        assertThat(page.locator("main").innerText().length()).isGreaterThan(20);
        assertThat(page.locator("main").innerText()).doesNotContain("This view failed", "undefined", "NaN", "null");
        assertThat(page.locator("main img").count()).isZero();
        assertThat(page.locator("nav a").first().isVisible()).isTrue();
        page.context().close();
    }

    private static Page open(String view) {
        return story.open(view, 1280, 800, ColorScheme.LIGHT);
    }
}
