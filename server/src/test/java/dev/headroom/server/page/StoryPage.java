package dev.headroom.server.page;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.List;

/** The page over the recordings of the story, before and after, in a browser: all of it has been read. */
final class StoryPage implements AutoCloseable {
    final Chromium chromium;
    final PageServer server;

    private StoryPage(Chromium chromium, PageServer server) {
        this.chromium = chromium;
        this.server = server;
    }

    /** Opens it; the recordings are written to {@code folder}. */
    static StoryPage start(Path folder) {
        Chromium chromium = Chromium.start();
        PageServer server = PageServer.start(
                PageSettings.defaults().atPort(0),
                List.of(StoryRecordings.before(folder, 200), StoryRecordings.after(folder, 200)));
        Page page = chromium.page(800, 600, ColorScheme.LIGHT);
        Chromium.awaitRead(page, server.address().toString());
        page.context().close();
        return new StoryPage(chromium, server);
    }

    /** One of its views, on the recording before. */
    Page open(String view, int width, int height, ColorScheme scheme) {
        Page page = chromium.page(width, height, scheme);
        page.navigate(server.address() + "#/0/" + view);
        page.waitForFunction(Chromium.SETTLED);
        page.waitForSelector("main table, main .figures, main .chart");
        return page;
    }

    /** Opens all that can be opened on it. */
    static void openAll(Page page) {
        page.evaluate("() => { document.querySelectorAll('details').forEach(each => { each.open = true; });"
                + " document.querySelectorAll('.disclose[aria-expanded=false]').forEach(each => each.click()); }");
        page.waitForFunction("() => !document.querySelector('.disclose[aria-expanded=false]')");
    }

    @Override
    public void close() {
        server.close();
        chromium.close();
    }
}
