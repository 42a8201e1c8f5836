package dev.headroom.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.headroom.server.page.Axe;
import dev.headroom.server.page.Chromium;
import dev.headroom.server.page.PageServer;
import dev.headroom.server.page.PageSettings;
import java.util.List;
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
    private PageServer server;
    private Chromium chromium;

    @BeforeAll
    void openTheRecordings(DemoRecordings.Made made) {
        chromium = Chromium.start();
        server = PageServer.start(
                PageSettings.defaults().atPort(0),
                List.of(
                        Objects.requireNonNull(made.files().get("before")),
                        Objects.requireNonNull(made.files().get("after"))));
        Page page = chromium.page(1280, 800, ColorScheme.LIGHT);
        Chromium.awaitRead(page, server.address().toString());
        page.context().close();
    }

    @AfterAll
    void close() {
        if (server != null) {
            server.close();
        }
        if (chromium != null) {
            chromium.close();
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
    void everyViewShowsTheRunToEverybodyInLightAndDark(String view, String text) {
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            Page page = open(view, scheme);
            assertThat(page.locator("main").innerText()).as(view).contains(text);
            everybodyCanUse(page);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void aFindingLeadsToItsProofAndItsStatement(ColorScheme scheme) {
        Page page = open("0/overview", scheme);
        page.locator(".finding a").first().click();
        page.waitForSelector("text=How it is known");
        page.waitForFunction(Chromium.SETTLED);
        check(page);
        page.locator("main a:has-text('everywhere it runs')").first().click();
        page.waitForSelector("text=Where from");
        page.waitForFunction(Chromium.SETTLED);
        everybodyCanUse(page);
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void aRequestShowsItsStatementsWhereItsTimeWent(ColorScheme scheme) {
        Page page = open("0/requests?operation=GET%20%2Fapi%2Forders", scheme);
        page.locator("main tbody a").first().click();
        page.waitForSelector("text=Where the time went");
        page.waitForFunction(Chromium.SETTLED);
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
        Page page = chromium.page(1280, 800, scheme);
        page.navigate(server.address() + "#/" + view);
        page.waitForFunction(Chromium.SETTLED);
        page.waitForSelector("main table, main .figures, main .chart");
        return page;
    }

    private void everybodyCanUse(Page page) {
        check(page);
        page.context().close();
    }

    private void check(Page page) {
        page.evaluate("() => document.querySelectorAll('details').forEach(each => { each.open = true; })");
        assertThat(Axe.violations(page)).as(page.url()).isEmpty();
        assertThat(chromium.complaints()).as(page.url()).isEmpty();
    }
}
