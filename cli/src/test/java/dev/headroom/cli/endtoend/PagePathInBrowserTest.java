package dev.headroom.cli.endtoend;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.headroom.server.page.Chromium;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page at a path of the app's port, as a browser sees it: all that it loads must lie below that path. */
@Timeout(180)
class PagePathInBrowserTest {
    private static final String PATH = "/-/headroom-0123456789abcdef0123456789abcdef";

    @TempDir
    Path folder;

    @Test
    void thePageLoadsByItsPathWithAndWithoutASlashAndTellsNewsOfTheRun() {
        List<String> arguments = new ArrayList<>(List.of("run", "--page-path", PATH, "--"));
        arguments.addAll(List.of(HeadroomProcess.app()));
        try (HeadroomProcess headroom = HeadroomProcess.start(folder, Map.of(), arguments.toArray(String[]::new));
                Chromium chromium = Chromium.start()) {
            for (String end : List.of("/", "")) {
                Page page = chromium.page(1280, 800, ColorScheme.LIGHT);
                page.navigate(headroom.front().resolve(PATH + end) + "#/0/routes");
                page.waitForSelector("h1");
                assertThat(page.url()).endsWith(PATH + "/#/0/routes");
                String route = "/news" + end.length();
                assertThat(page.locator("main")).not().containsText(route);

                headroom.get(route);

                page.getByText("GET " + route).waitFor();
            }
            assertThat(chromium.complaints()).isEmpty();
            assertThat(headroom.get(PATH + "/api/page").body())
                    .as("others look, too: no word that asks the database for a plan")
                    .isEqualTo("{\"planWord\":null}");
        }
    }

    @Test
    void whoeverLooksByThePathSeesWhichLineRanAStatementButNotTheLine() throws Exception {
        assumeFalse(DjangoProject.PYTHON.isEmpty(), "no Python with django, rest_framework, waitress and psycopg2");
        try (EmbeddedPostgres database = TestPostgres.builder().start()) {
            DjangoProject project = DjangoProject.copyTo(Files.createDirectory(folder.resolve("project")), database);
            project.fill();
            try (HeadroomProcess headroom = project.run(folder.resolve("run.headroom"), "--page-path", PATH);
                    Chromium chromium = Chromium.start()) {
                HeadroomProcess.eventually(
                        "it answers", () -> headroom.get("/books").statusCode() == 200);
                Page page = chromium.page(1280, 800, ColorScheme.LIGHT);
                page.navigate(headroom.front().resolve(PATH) + "/#/0/requests?operation=GET%20%2Fbooks");
                page.locator("main tbody a").first().click();
                page.waitForSelector("text=Where the time went");
                String site = page.locator(".site code").first().innerText();
                assertThat(site).matches("shop/\\w+\\.py:\\d+");
                page.locator(".disclose").first().click();
                page.locator("main .hint", new Page.LocatorOptions().setHasText("without --page-path"))
                        .waitFor();

                assertThat(page.locator(".source-lines").count()).isZero();
                assertThat(page.locator(".plan button").count()).isZero();
                String asked = "/api/recordings/0/source?file="
                        + site.replace("/", "%2F").replace(":", "&line=");
                assertThat(headroom.get(PATH + asked).body()).isEqualTo("{}");
                assertThat(chromium.complaints()).isEmpty();
            }
        }
    }
}
