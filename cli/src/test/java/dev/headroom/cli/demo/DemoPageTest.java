package dev.headroom.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import dev.headroom.server.page.PageServer;
import dev.headroom.server.page.PageSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every view of the page in a real browser, over what the demo really recorded. */
@Timeout(180)
@ExtendWith(DemoRecordings.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DemoPageTest {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final String SETTLED = "() => document.querySelector('main h1')"
            + " && !document.querySelector('main .state[role=status], main .warning[role=status]')";

    private final List<String> complaints = new ArrayList<>();
    private PageServer server;
    private Playwright playwright;
    private Browser browser;

    @BeforeAll
    void openTheRecordings(DemoRecordings.Made made) {
        assumeTrue(Files.isExecutable(CHROMIUM), "no Chromium on this machine: apt-get install chromium");
        server = PageServer.start(
                PageSettings.defaults().atPort(0),
                List.of(
                        Objects.requireNonNull(made.files().get("before")),
                        Objects.requireNonNull(made.files().get("after"))));
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new LaunchOptions()
                        .setExecutablePath(CHROMIUM)
                        .setArgs(List.of("--no-sandbox", "--disable-gpu")));
        Page page = page(ColorScheme.LIGHT);
        page.navigate(server.address().toString());
        page.waitForFunction("async () => (await (await fetch('api/recordings')).json()).every(each => each.read)");
        page.context().close();
    }

    @AfterAll
    void close() {
        if (playwright != null) {
            playwright.close();
        }
        if (server != null) {
            server.close();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0/overview          | the dearest first
            0/routes            | GET /api/offices
            0/requests?operation=GET%20%2Fapi%2Forders | 1 to 4 of 4 requests
            0/shapes            | over the whole run
            0/memory            | JVM heap and metaspace
            0/compare/1         | problems gone
            0/coverage          | What each check could judge
            1/overview          | No check found anything worth changing
            1/routes            | GET /api/orders
            """)
    void everyViewShowsTheRunToEverybodyInLightAndDark(String view, String text) throws IOException {
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            Page page = open(view, scheme);
            assertThat(page.locator("main").innerText()).as(view).contains(text);
            everybodyCanUse(page);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void aFindingLeadsToItsProofAndItsStatement(ColorScheme scheme) throws IOException {
        Page page = open("0/overview", scheme);
        page.locator(".finding a").first().click();
        page.waitForSelector("text=How it is known");
        page.waitForFunction(SETTLED);
        check(page);
        page.locator("main a:has-text('everywhere it runs')").first().click();
        page.waitForSelector("text=Where from");
        page.waitForFunction(SETTLED);
        everybodyCanUse(page);
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void aRequestShowsItsStatementsWhereItsTimeWent(ColorScheme scheme) throws IOException {
        Page page = open("0/requests?operation=GET%20%2Fapi%2Forders", scheme);
        page.locator("main tbody a").first().click();
        page.waitForSelector("text=Where the time went");
        page.waitForFunction(SETTLED);
        assertThat(page.locator("main").innerText()).contains("176").contains("one of them 40 times");
        assertThat(page.locator(".waterfall .line").count()).isPositive();
        everybodyCanUse(page);
    }

    @Test
    void theComparisonHasTheNumbersOfTheStory() {
        Page page = open("0/compare/1", ColorScheme.LIGHT);
        assertThat(row(page, "GET /api/orders")).contains("176 → 4").contains("better");
        assertThat(row(page, "GET /api/offices")).contains("511 → 4").contains("better");
        assertThat(page.locator("p.headline").innerText()).contains("0 new, 0 kept");
        page.context().close();
    }

    @Test
    void theRoutesHaveTheNumbersOfTheStory() {
        Page page = open("0/routes", ColorScheme.LIGHT);
        assertThat(row(page, "GET /api/orders")).contains("176");
        assertThat(row(page, "GET /api/offices")).contains("511");
        page.context().close();
    }

    private static String row(Page page, String operation) {
        Locator rows = page.locator("main tbody tr", new Page.LocatorOptions().setHasText(operation));
        return rows.first().innerText();
    }

    private Page open(String view, ColorScheme scheme) {
        Page page = page(scheme);
        page.navigate(server.address() + "#/" + view);
        page.waitForFunction(SETTLED);
        page.waitForSelector("main table, main .figures, main .chart");
        return page;
    }

    private Page page(ColorScheme scheme) {
        Page page = browser.newContext(new Browser.NewContextOptions()
                        .setViewportSize(1280, 800)
                        .setColorScheme(scheme)
                        .setLocale("en-GB"))
                .newPage();
        page.setDefaultTimeout(30_000);
        page.onPageError(complaints::add);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                complaints.add(message.text());
            }
        });
        return page;
    }

    private void everybodyCanUse(Page page) throws IOException {
        check(page);
        page.context().close();
    }

    private void check(Page page) throws IOException {
        page.evaluate("() => document.querySelectorAll('details').forEach(each => { each.open = true; })");
        try (InputStream script = Objects.requireNonNull(DemoPageTest.class.getResourceAsStream("/axe.min.js"))) {
            page.evaluate(new String(script.readAllBytes(), StandardCharsets.UTF_8));
        }
        assertThat(page.evaluate("async () => (await axe.run()).violations.map(each =>"
                        + " each.id + ': ' + each.nodes.slice(0, 3).map(node => node.html.slice(0, 160)).join(' | '))"))
                .as(page.url())
                .isEqualTo(List.of());
        assertThat(complaints).as(page.url()).isEmpty();
    }
}
