package dev.headroom.cli.endtoend;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page at a path of the app's port, as a browser sees it: all that it loads must lie below that path. */
class PagePathInBrowserTest {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final String PATH = "/-/headroom-0123456789abcdef0123456789abcdef";

    @TempDir
    Path folder;

    @BeforeEach
    void needsChromium() {
        assumeTrue(Files.isExecutable(CHROMIUM), "no Chromium on this machine: apt-get install chromium");
    }

    @Test
    void thePageLoadsByItsPathWithAndWithoutASlashAndTellsNewsOfTheRun() {
        List<String> arguments = new ArrayList<>(List.of("run", "--page-path", PATH, "--"));
        arguments.addAll(List.of(HeadroomProcess.app()));
        try (HeadroomProcess headroom = HeadroomProcess.start(folder, Map.of(), arguments.toArray(String[]::new));
                Playwright playwright = Playwright.create(
                        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
                Browser browser = playwright
                        .chromium()
                        .launch(new LaunchOptions()
                                .setExecutablePath(CHROMIUM)
                                .setArgs(List.of("--no-sandbox", "--disable-gpu")))) {
            List<String> complaints = new ArrayList<>();
            for (String end : List.of("/", "")) {
                Page page = browser.newPage();
                page.setDefaultTimeout(30_000);
                page.onPageError(complaints::add);
                page.onConsoleMessage(message -> complaints.add(message.text()));
                page.navigate(headroom.front().resolve(PATH + end) + "#/0/routes");
                page.waitForSelector("h1");
                assertThat(page.url()).endsWith(PATH + "/#/0/routes");
                String route = "/news" + end.length();
                assertThat(page.locator("main")).not().containsText(route);

                headroom.get(route);

                page.getByText("GET " + route).waitFor();
            }
            assertThat(complaints).isEmpty();
            assertThat(headroom.get(PATH + "/api/page").body())
                    .as("others look, too: no word that asks the database for a plan")
                    .isEqualTo("{\"planWord\":null}");
        }
    }
}
