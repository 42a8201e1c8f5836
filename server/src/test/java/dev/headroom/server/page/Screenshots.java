package dev.headroom.server.page;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Takes the pictures of the page for the documents: {@code Screenshots FOLDER RECORDING [AFTER]}. Without a recording,
 * of a generated one.
 */
final class Screenshots {
    private static final Map<String, String> VIEWS = Map.of(
            "overview", "#/0/overview",
            "routes", "#/0/routes",
            "statements", "#/0/shapes",
            "memory", "#/0/memory",
            "coverage", "#/0/coverage",
            "compare", "#/0/compare/1");

    private Screenshots() {}

    public static void main(String[] args) throws Exception {
        Path folder = Files.createDirectories(Path.of(args[0]));
        Path made = Files.createTempDirectory("headroom-screenshots-");
        List<Path> recordings = args.length > 1
                ? List.of(args).subList(1, args.length).stream().map(Path::of).toList()
                : List.of(
                        StoryRecording.write(made.resolve("before.headroom"), 500, false),
                        StoryRecording.write(made.resolve("after.headroom"), 500, true));
        try (Chromium chromium = Chromium.start();
                PageServer server = PageServer.start(PageSettings.defaults(), recordings)) {
            Page page = chromium.page(1280, 800, ColorScheme.LIGHT);
            Chromium.awaitRead(page, server.address().toString());
            for (Map.Entry<String, String> view : VIEWS.entrySet()) {
                take(page, server.address() + view.getValue(), folder.resolve(view.getKey() + ".png"));
            }
            page.navigate(server.address() + "#/0/overview");
            page.locator(".finding a").first().click();
            page.waitForSelector("h2");
            shoot(page, folder.resolve("finding.png"));
            page.navigate(server.address() + "#/0/requests?sort=statements");
            page.locator("tbody a").first().click();
            page.waitForSelector(".waterfall");
            shoot(page, folder.resolve("request.png"));
            take(
                    chromium.page(1280, 800, ColorScheme.DARK),
                    server.address() + "#/0/overview",
                    folder.resolve("overview-dark.png"));
            take(
                    chromium.page(360, 740, ColorScheme.LIGHT),
                    server.address() + "#/0/overview",
                    folder.resolve("overview-phone.png"));
            take(
                    chromium.page(360, 740, ColorScheme.LIGHT),
                    server.address() + "#/0/routes",
                    folder.resolve("routes-phone.png"));
            chromium.complaints().forEach(System.err::println);
        } finally {
            for (Path each : recordings) {
                if (each.startsWith(made)) {
                    Files.delete(each);
                }
            }
            Files.delete(made);
        }
    }

    private static void take(Page page, String address, Path file) {
        page.navigate("about:blank");
        page.navigate(address);
        page.waitForSelector("h1");
        page.waitForFunction(
                "() => !document.querySelector('main .state[role=status], main .warning[role=status]') && document.querySelector('main table, main .figures')");
        shoot(page, file);
    }

    /** Without the footer, which names folders of the machine. */
    private static void shoot(Page page, Path file) {
        page.evaluate("() => { document.querySelector('footer').style.display = 'none'; }");
        page.screenshot(new Page.ScreenshotOptions().setPath(file).setFullPage(true));
    }
}
