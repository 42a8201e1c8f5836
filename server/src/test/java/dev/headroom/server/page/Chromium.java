package dev.headroom.server.page;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The browser of the machine, for tests of the page; tests are skipped where there is none. */
public final class Chromium implements AutoCloseable {
    /** Holds once the page shows a view with its data. */
    public static final String SETTLED = "() => document.querySelector('main h1')"
            + " && !document.querySelector('main .state[role=status], main .warning[role=status]')";

    private final Playwright playwright;
    private final Browser browser;
    private final List<String> complaints = new ArrayList<>();

    private Chromium(Path program) {
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(program)
                        .setArgs(List.of("--no-sandbox", "--disable-gpu")));
    }

    /** Starts one, or skips the test that asks for it. */
    public static Chromium start() {
        Path program = Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
        assumeTrue(program != null, "no Chromium on this machine: apt-get install chromium");
        return new Chromium(program);
    }

    /** A page in a context of its own, which ends with it. */
    public Page page(int width, int height, ColorScheme scheme) {
        BrowserContext context = browser.newContext(new Browser.NewContextOptions()
                .setViewportSize(width, height)
                .setColorScheme(scheme)
                .setLocale("en-GB")
                .setTimezoneId("UTC"));
        Page page = context.newPage();
        page.setDefaultTimeout(60_000);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        return page;
    }

    /** Waits until the page's server has read all of its recordings: before that, views show what there is so far. */
    public static void awaitRead(Page page, String address) {
        page.navigate(address);
        page.waitForFunction("""
                async () => {
                    const recordings = await (await fetch('api/recordings')).json();
                    const error = recordings.error ?? recordings.find(each => each.error)?.error;
                    if (error) throw new Error(error);
                    return recordings.every(each => each.read);
                }""");
    }

    /** What the browser complained about so far: script errors, refused contents, failed loads. */
    public List<String> complaints() {
        return complaints;
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
