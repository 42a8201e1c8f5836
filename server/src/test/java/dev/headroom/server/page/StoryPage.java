package dev.headroom.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The page over the recordings of the story, before and after, in a browser, for all tests of a class: all of it has been
 * read. No test may leave a complaint of the browser behind.
 */
final class StoryPage implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
    private final Supplier<Path> folder;
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private @Nullable Chromium chromium;
    private @Nullable PageServer server;

    /** One whose recordings are written to that folder. */
    StoryPage(Supplier<Path> folder) {
        this.folder = folder;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        Chromium browser = Chromium.start();
        opened.push(browser);
        PageServer started = PageServer.start(
                PageSettings.defaults().atPort(0),
                List.of(StoryRecordings.before(folder.get(), 200), StoryRecordings.after(folder.get(), 200)));
        opened.push(started);
        Page page = browser.page(800, 600, ColorScheme.LIGHT);
        Chromium.awaitRead(page, started.address().toString());
        page.context().close();
        chromium = browser;
        server = started;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        assertThat(chromium().complaints()).isEmpty();
    }

    Chromium chromium() {
        return Objects.requireNonNull(chromium);
    }

    PageServer server() {
        return Objects.requireNonNull(server);
    }

    /** One of its views, on the recording before, with its frame and its charts. */
    Page open(String view, int width, int height, ColorScheme scheme) {
        Page page = chromium().page(width, height, scheme);
        page.navigate(server().address() + "#/0/" + view);
        page.waitForFunction(Chromium.SETTLED);
        page.waitForSelector("main table, main .figures, main .chart");
        // the frame has an answer of its own, and a chart is drawn after the view was painted
        page.waitForSelector("footer code");
        page.waitForFunction(
                "() => [...document.querySelectorAll('.plot')].every(each => each.dataset.until !== undefined)");
        return page;
    }

    /** One of another server's views, once that has read all of its recordings. */
    Page open(PageServer other, String view) {
        Page page = chromium().page(1280, 800, ColorScheme.LIGHT);
        Chromium.awaitRead(page, other.address().toString());
        page.navigate("about:blank");
        page.navigate(other.address() + "#/0/" + view);
        return page;
    }

    /** Opens all that can be opened on it. */
    static void openAll(Page page) {
        page.evaluate("() => { document.querySelectorAll('details').forEach(each => { each.open = true; });"
                + " document.querySelectorAll('.disclose[aria-expanded=false]').forEach(each => each.click()); }");
        page.waitForFunction("() => !document.querySelector('.disclose[aria-expanded=false]')");
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
    }
}
