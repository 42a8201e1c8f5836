package dev.headroom.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.headroom.core.trace.MemorySample;
import dev.headroom.server.recording.Lossless;
import dev.headroom.server.recording.RecordingWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What only the page of a run that goes on does: it follows the run, asks its database, and shows the app's sources. */
@Timeout(180)
class LivePageTest {
    @TempDir
    static Path folder;

    @RegisterExtension
    static final StoryPage story = new StoryPage(() -> folder);

    @Test
    void chartsFollowARunThatGoesOn() {
        long second = 1_000_000_000L;
        try (RecordingWriter writer = RecordingWriter.create(folder.resolve("live.headroom"), Lossless.SETTINGS);
                PageServer live = PageServer.start(PageSettings.defaults().atPort(0), List.of(writer.file()))) {
            StoryRecording.tell(writer, 20, false);
            Page page = story.chromium().page(1280, 800, ColorScheme.LIGHT);
            page.navigate(live.address() + "#/0/overview");
            page.waitForSelector(".plot[data-until]");
            page.waitForFunction("() => [...document.querySelectorAll('.plot')].length === 4");
            long later = 1_000 * second + 60 * second;
            writer.sample(new MemorySample(later, 1 << 26, 1 << 26, 0, 1, 9, 20, 5, 1 << 27, 1 << 29, 0, 0));

            page.waitForFunction("() => [...document.querySelectorAll('.plot')].length === 4"
                    + " && [...document.querySelectorAll('.plot')].every(each => each.dataset.until > 55000)");
            page.context().close();
        }
    }

    @Test
    void whatNoNewsChangesIsAskedOnce() {
        try (RecordingWriter writer = RecordingWriter.create(folder.resolve("news.headroom"), Lossless.SETTINGS);
                PageServer live = PageServer.start(PageSettings.defaults().atPort(0), List.of(writer.file()))) {
            StoryRecording.tell(writer, 20, false);
            List<String> asked = new CopyOnWriteArrayList<>();
            Page page = story.chromium().page(1280, 800, ColorScheme.LIGHT);
            page.onRequest(request -> asked.add(request.url().replaceAll(".*/api/([^?]*).*", "$1")));
            page.navigate(live.address() + "#/0/overview");
            page.locator(".finding a", new Page.LocatorOptions().setHasText("20 times a request"))
                    .click();
            page.waitForSelector("text=without --page-path");
            long plans = Collections.frequency(asked, "page");
            int reports = Collections.frequency(asked, "recordings/0/report");
            for (int news = 1; news <= 2; news++) {
                StoryRecording.tell(writer, 5, false);
                int wanted = reports + news;
                page.waitForCondition(() -> Collections.frequency(asked, "recordings/0/report") >= wanted);
            }

            assertThat(plans).isPositive();
            assertThat(asked.stream().filter("page"::equals)).hasSize((int) plans);
            assertThat(asked.stream().filter("recordings/0/source"::equals)).hasSize(1);
            page.context().close();
        }
    }

    @Test
    void asksForAPlanAndShowsTheLinesOfACallSite() throws IOException {
        Path project = folder.resolve("project");
        Files.createDirectories(project.resolve("orders"));
        Files.writeString(project.resolve("orders/views.py"), "line of code <b>\n".repeat(60));
        QueryPlans plans = statement -> new QueryPlans.Plan("Seq Scan on order <i>", "Nothing was executed.");
        PageSettings live = PageSettings.defaults().atPort(0).live(plans, project);
        Path run = Files.createDirectory(folder.resolve("live"));
        try (PageServer other = PageServer.start(live, List.of(StoryRecordings.before(run, 40)))) {
            Page page = story.open(other, "overview");
            page.locator(".finding a", new Page.LocatorOptions().setHasText("20 times a request"))
                    .click();
            page.waitForSelector(".source-lines .here");

            assertThat(page.locator(".source-lines .here").innerText())
                    .contains("31")
                    .contains("line of code <b>");
            page.locator(".plan button").first().click();
            page.waitForSelector("pre[aria-label='The plan']");
            assertThat(page.locator(".plan").first().innerText())
                    .contains("Seq Scan on order <i>")
                    .contains("Nothing was executed.");
            assertThat(Axe.violations(page)).isEmpty();
            page.navigate("about:blank");
            page.navigate(other.address() + "#/0/request/1");
            page.waitForSelector(".disclose");
            assertThat(page.locator(".source-lines").count()).as("unasked").isZero();
            page.locator("tbody tr", new Page.LocatorOptions().setHasText("views.py:"))
                    .first()
                    .locator(".disclose")
                    .click();
            page.waitForSelector(".source-lines .here");
            assertThat(page.locator(".source-lines .here").first().innerText()).contains("line of code <b>");
            assertThat(Axe.violations(page)).isEmpty();
            page.context().close();
        }
    }

    @Test
    void runsAStatementForRealAfterASecondClickThatSaysWhatWillHappen() throws IOException {
        ExecutedPlans plans = new ExecutedPlans();
        PageSettings live = PageSettings.defaults().atPort(0).live(plans, folder);
        Path run = Files.createDirectory(folder.resolve("analyze"));
        try (PageServer other = PageServer.start(live, List.of(StoryRecordings.before(run, 40)))) {
            Page page = story.open(other, "shapes");
            page.locator("tbody a").first().click();
            page.waitForSelector(".plan button");
            assertThat(page.locator(".analyze").count()).isZero();
            page.locator(".plan button").click();
            page.locator(".analyze button").click();

            assertThat(page.locator(".confirm").innerText())
                    .contains("shop <b>", "read-only", "rolled back", "30 s", "the latest execution (4.0 ms)");
            assertThat(plans.executed).isEmpty();
            assertThat(Axe.violations(page)).isEmpty();
            page.locator(".confirm select").selectOption("latest");
            page.locator(".confirm .go").click();
            page.waitForSelector(".steps");

            assertThat(plans.executed).containsExactly("latest");
            assertThat(page.locator(".steps").innerText())
                    .contains("Seq Scan on address <i>", "Filter: (user_id = 7)", "rows removed by filter: 12,000");
            assertThat(page.locator(".steps .wrong").count()).isEqualTo(1);
            assertThat(page.locator(".analyze").innerText()).contains("execution 3.5 ms", "rolled back <u>");
            assertThat(Axe.violations(page)).isEmpty();
            page.context().close();
        }
    }
}
