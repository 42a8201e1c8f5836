package dev.headroom.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every view in a real browser: what it shows, that nothing recorded runs, and that everybody can use it. */
@Timeout(180)
class PageTest {
    @TempDir
    static Path folder;

    @RegisterExtension
    static final StoryPage story = new StoryPage(() -> folder);

    static Stream<Arguments> views() {
        return Stream.of(
                Arguments.of("overview", "the dearest first"),
                Arguments.of("routes", "GET /api/orders"),
                Arguments.of("requests?sort=statements", "1 to 50 of 200 requests"),
                Arguments.of("request/1", "Where the time went"),
                Arguments.of("shapes", "8 statements over the whole run"),
                Arguments.of("request/4", "connection opened"),
                Arguments.of("memory", "JVM heap and metaspace"),
                Arguments.of("compare/1", "problems gone"),
                Arguments.of("coverage", "What each check could judge"));
    }

    @ParameterizedTest
    @MethodSource("views")
    void showsWhatItIsFor(String view, String text) {
        Page page = open(view, 1280, ColorScheme.LIGHT);

        assertThat(page.locator("main").innerText()).contains(text);
        page.context().close();
    }

    @ParameterizedTest
    @MethodSource("views")
    void everybodyCanUseIt(String view, String text) throws IOException {
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            Page page = open(view, 1280, scheme);
            page.evaluate("() => document.querySelectorAll('details').forEach(each => { each.open = true; })");
            assertThat(Axe.violations(page)).as(view + " " + scheme).isEmpty();
            page.context().close();
        }
    }

    @ParameterizedTest
    @MethodSource("views")
    void fitsANarrowScreen(String view, String text) {
        Page page = open(view, 360, ColorScheme.LIGHT);

        assertThat((Boolean) page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"))
                .as(view + " must not scroll sideways")
                .isTrue();
        page.context().close();
    }

    @ParameterizedTest
    @MethodSource("views")
    void showsRecordedMarkupAsText(String view, String text) {
        Page page = open(view, 1280, ColorScheme.LIGHT);

        StoryPage.openAll(page);
        if (view.equals("request/4")) {
            page.waitForSelector("text=Columns of the first result");
            assertThat(page.locator("main").innerText()).as("the column's name").contains(StoryRecording.MARKUP);
        }

        assertThat(page.locator("main img").count()).isZero();
        assertThat(page.title()).startsWith("Headroom");
        page.context().close();
    }

    @Test
    void countsAndPricesProblemsAsTheComparisonDoesAndNotesApart() {
        Page overview = open("overview", 1280, ColorScheme.LIGHT);
        String heading = overview.locator("main h2").first().innerText();
        assertThat(heading).matches("(?s)\\d+ problems?(, \\d+ notes?)? the dearest first.*");
        List<String> prices = overview.locator("main > .findings .saving").allInnerTexts();
        overview.context().close();
        Page same = open("compare/0", 1280, ColorScheme.LIGHT);
        assertThat(same.locator("p.headline").innerText())
                .contains("0 new, " + heading.substring(0, heading.indexOf(' ')) + " kept");
        assertThat(same.locator("main .findings .saving").allInnerTexts())
                .hasSizeGreaterThanOrEqualTo(prices.size())
                .startsWith(prices.toArray(String[]::new));
        same.context().close();
    }

    @Test
    void routesSayHowManyStatementsTheirFiguresLeaveOut() {
        Page page = open("routes", 1280, ColorScheme.LIGHT);
        page.waitForSelector("text=1 statement of the run is of no known request and not in these figures");
        page.context().close();
    }

    @Test
    void tellsLinesApartWithoutTheirColours() {
        Page page = open("overview", 1280, ColorScheme.LIGHT);
        Locator lines = page.locator("figure", new Page.LocatorOptions().setHasText("Response time"))
                .first()
                .locator(".legend line");
        assertThat(lines.all().stream()
                        .map(line -> line.getAttribute("stroke-dasharray"))
                        .toList())
                .startsWith(null, "2 3", "12 4", "9 3 2 3")
                .hasSizeGreaterThanOrEqualTo(4);
        page.context().close();
    }

    @Test
    void chartsAreDrawnAnewWhenTheColourSchemeIsSwitched() {
        String drawn = "() => [...document.querySelectorAll('.plot canvas')].map(each => each.toDataURL()).join()";
        Page dark = open("memory", 1280, ColorScheme.DARK);
        Page page = open("memory", 1280, ColorScheme.LIGHT);
        String light = (String) page.evaluate(drawn);
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));

        page.waitForCondition(() -> !page.evaluate(drawn).equals(light));
        page.waitForCondition(() -> page.evaluate(drawn).equals(dark.evaluate(drawn)));
        dark.context().close();
        page.context().close();
    }

    @Test
    void pricesProblemsByWhatTheyAreSortedBy() {
        Page page = open("overview", 1280, ColorScheme.LIGHT);
        List<Double> bars = page.locator("main > .findings .bar rect, main section .findings .bar rect").all().stream()
                .map(bar -> Double.valueOf(bar.getAttribute("width").replace("%", "")))
                .toList();
        assertThat(bars).hasSizeGreaterThan(1).isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(bars.get(0)).isEqualTo(100);
        page.context().close();
    }

    @Test
    void leadsFromAFindingToItsProofAndItsSilence() {
        Page page = open("overview", 1280, ColorScheme.LIGHT);
        page.locator(".finding a", new Page.LocatorOptions().setHasText("20 times a request"))
                .click();
        page.waitForSelector("text=How it is known");

        String shown = page.locator("main").innerText();
        assertThat(shown)
                .contains("proven")
                .contains("avoidable statements a request")
                .contains("orders/views.py:31")
                .contains("select_related")
                .contains("[[silence]]")
                .containsPattern("# or by its statement: shape = \"[0-9a-f]+\"")
                .contains("call-site = \"orders/views.py\"");
        assertThat(page.locator(".chain").innerText()).contains("order.office_id");
        page.context().close();
    }

    @Test
    void showsTheHeapOfTheJvmBeneathTheMemoryOfTheProcess() {
        Page page = open("memory", 1280, ColorScheme.LIGHT);

        Locator heap = page.locator("figure", new Page.LocatorOptions().setHasText("JVM heap and metaspace"));
        assertThat(heap.locator("figcaption").innerText())
                .contains("of 256 MB")
                .contains("heap in use")
                .contains("metaspace");
        assertThat(heap.locator("table").textContent()).contains("100 MB").contains("30 MB");
        Locator pauses = page.locator("figure", new Page.LocatorOptions().setHasText("Pauses for garbage collection"));
        assertThat(pauses.locator("figcaption").innerText()).containsPattern("\\d+ pauses, \\d+ ms in all");
        assertThat(page.locator("th button:has-text('first → last')").count()).isOne();
        page.navigate(story.server().address() + "#/0/coverage");
        page.waitForSelector("text=The heap of 1 Java process is not known");
        page.waitForSelector("text=What a request allocated");
        page.context().close();
    }

    @Test
    void showsWhatConnectingTookWhereARequestOpenedItsConnection() {
        Page page = open("request/4", 1280, ColorScheme.LIGHT);

        assertThat(page.locator("rect.setup").count()).isOne();
        assertThat(page.locator("rect.setup title").textContent())
                .contains("2.5 ms from connecting until the database was ready")
                .contains("known exact");
        assertThat(page.locator(".figures").innerText()).contains("connecting").contains("1 connection opened");
        page.navigate(story.server().address() + "#/0/request/1");
        page.waitForSelector("text=GET /api/orders");
        assertThat(page.locator("rect.setup").count()).isZero();
        page.navigate(story.server().address() + "#/0/coverage");
        page.waitForSelector("text=Waiting for one of a pool");
        page.context().close();
    }

    @Test
    void comparesMemoryAndHeapOfTwoRuns() {
        Page page = open("compare/1", 1280, ColorScheme.LIGHT);

        String shown = page.locator("main").innerText();
        assertThat(shown)
                .contains("JVM heap meanwhile")
                .contains("JVM heap in use")
                .contains("memory of the app");
        page.context().close();
    }

    @Test
    void showsTheTwentyStatementsThatHadBeenAnswered() {
        Page page = open("request/1", 1280, ColorScheme.LIGHT);

        assertThat(page.locator("rect.same").count()).isEqualTo(19);
        assertThat(page.locator("tbody tr", new Page.LocatorOptions().setHasText("address"))
                        .first()
                        .innerText())
                .contains("×20")
                .contains("19");
        page.context().close();
    }

    @Test
    void brushingAChartLooksAtAPartOfTheRunEverywhere() {
        Page page = open("overview", 1280, ColorScheme.LIGHT);
        page.locator(".chart .u-over").nth(1).scrollIntoViewIfNeeded();
        var box = page.locator(".chart .u-over").nth(1).boundingBox();
        page.mouse().move(box.x + box.width * 0.3, box.y + 20);
        page.mouse().down();
        page.mouse().move(box.x + box.width * 0.5, box.y + 20);
        page.mouse().move(box.x + box.width * 0.6, box.y + 20);
        page.mouse().up();
        page.waitForSelector(".range.chosen");
        assertThat(page.url()).contains("from=").contains("to=");
        page.locator("nav a", new Page.LocatorOptions().setHasText("Requests")).click();
        page.waitForSelector("caption");

        assertThat(page.locator("caption").innerText()).doesNotContain("of 200");
        page.locator("button", new Page.LocatorOptions().setHasText("Show all of it"))
                .click();
        page.waitForSelector("caption:has-text('of 200')");
        page.context().close();
    }

    @Test
    void findingsAndStatementsOfAPartOfTheRunSayWhatTheyRestOn() throws IOException {
        Page page = open("overview?from=0&to=3000", 1280, ColorScheme.LIGHT);
        page.waitForSelector("text=that began in this time");
        assertThat(page.locator("main").innerText()).containsPattern("Judged by the \\d+ requests? that began");
        assertThat(page.locator(".finding").count()).isPositive();
        assertThat(page.locator(".finding .total dt").first().innerText()).doesNotContain("in 200 ");
        assertThat(Axe.violations(page)).isEmpty();
        page.locator("nav a", new Page.LocatorOptions().setHasText("Statements"))
                .click();
        page.waitForSelector("caption:has-text('in this time')");
        assertThat(page.locator("main").innerText()).doesNotContain("not known");
        List<String> asked = new CopyOnWriteArrayList<>();
        page.onRequest(request -> asked.add(request.url().replaceAll(".*/api/", "")));
        page.locator("nav a", new Page.LocatorOptions().setHasText("Routes")).click();
        page.waitForSelector("td strong");
        assertThat(asked)
                .contains("recordings/0/findings?from=0&to=3000", "recordings/0/routes?from=0&to=3000")
                .doesNotContain("recordings/0/report");
        page.context().close();
    }

    @Test
    void everybodyCanUseAFindingAStatementAndTheStatesWithoutData() throws IOException {
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            Page page = open("overview", 1280, scheme);
            page.locator(".finding a").first().click();
            page.waitForSelector("text=How it is known");
            assertThat(Axe.violations(page)).as("finding " + scheme).isEmpty();
            page.locator("main a:has-text('everywhere it runs')").first().click();
            page.waitForSelector("text=Where from");
            assertThat(Axe.violations(page)).as("statement " + scheme).isEmpty();
            for (String empty : List.of(
                    "finding/0000000000",
                    "requests?from=1&to=2",
                    "routes?from=1&to=2",
                    "memory?from=1&to=2",
                    "shapes?filter=nothing-has-this",
                    "shapes/1",
                    "overview?from=1&to=2")) {
                page.navigate("about:blank");
                page.navigate(story.server().address() + "#/0/" + empty);
                page.waitForFunction(Chromium.SETTLED);
                assertThat(Axe.violations(page)).as(empty + " " + scheme).isEmpty();
            }
            page.context().close();
        }
    }

    @Test
    void aRequestHasALineForEachStatementOrForEachExecution() {
        Page page = open("request/1", 1280, ColorScheme.LIGHT);
        int shapes = page.locator(".waterfall .line").count();
        page.locator("select").last().selectOption("single");
        page.waitForFunction("before => document.querySelectorAll('.waterfall .line').length > before", shapes);

        assertThat(page.url()).contains("lines=single");
        page.context().close();
    }

    @Test
    void printsWithoutWhatPaperCannotDo() {
        Page page = open("overview", 1280, ColorScheme.LIGHT);
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));

        assertThat(page.locator("header nav").isVisible()).isFalse();
        assertThat(page.locator(".finding").first().isVisible()).isTrue();
        page.context().close();
    }

    @Test
    void worksByKeyboard() {
        Page page = open("overview", 1280, ColorScheme.LIGHT);
        page.keyboard().press("Tab");
        assertThat(focused(page)).isEqualTo("Skip to the content");
        for (int i = 0; i < 3; i++) {
            page.keyboard().press("Tab");
        }
        assertThat(focused(page)).isEqualTo("Routes");
        page.keyboard().press("Enter");
        page.waitForSelector("h1:has-text('Routes')");
        page.waitForSelector("table");
        page.locator("th button", new Page.LocatorOptions().setHasText("requests"))
                .focus();
        page.keyboard().press("Enter");

        page.waitForSelector("th[aria-sort=descending]:has-text('requests')");
        page.context().close();
    }

    private static String focused(Page page) {
        return (String) page.evaluate("() => document.activeElement.textContent");
    }

    @Test
    void aSingleFileShowsTheSameViewsWithoutAServer() throws IOException {
        Path file = folder.resolve("report.html");
        HtmlReport.write(StoryRecordings.before(Files.createDirectory(folder.resolve("html")), 100), List.of(), file);
        Page page = story.chromium().page(1280, 800, ColorScheme.LIGHT);
        page.context().setOffline(true);
        for (String view : List.of("overview", "routes", "requests", "request/1", "shapes", "memory", "coverage")) {
            page.navigate("about:blank");
            page.navigate(file.toUri() + "#/0/" + view);
            page.waitForFunction(Chromium.SETTLED);
            page.waitForSelector("main table, main .figures, main .chart");
            assertThat(page.locator("main .error").count()).as(view).isZero();
            assertThat(page.locator("main img").count()).as(view).isZero();
        }
        page.navigate("about:blank");
        page.navigate(file.toUri() + "#/0/overview");
        page.locator(".finding a", new Page.LocatorOptions().setHasText("20 times a request"))
                .click();
        page.waitForSelector("text=How it is known");
        assertThat(page.locator("main").innerText()).contains("select_related", "[[silence]]");
        page.locator("main a:has-text('everywhere it runs')").first().click();
        page.waitForSelector("text=Where from");
        page.context().close();
    }

    @Test
    void saysWhatIsWrongWithARecording() throws IOException {
        Path hostile = Files.writeString(folder.resolve("hostile.headroom"), "not really " + StoryRecording.MARKUP);
        try (PageServer other = PageServer.start(PageSettings.defaults().atPort(0), List.of(hostile))) {
            Page page = story.chromium().page(800, 600, ColorScheme.LIGHT);
            page.navigate(other.address().toString());
            page.waitForSelector("[role=alert]");

            assertThat(page.locator("[role=alert]").innerText()).contains("is not a Headroom recording");
            page.context().close();
        }
        // The browser itself notes each answer of status 400.
        story.chromium().complaints().removeIf(each -> each.contains("400"));
    }

    private static Page open(String view, int width, ColorScheme scheme) {
        return story.open(view, width, 800, scheme);
    }
}
