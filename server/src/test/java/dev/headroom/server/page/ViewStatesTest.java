package dev.headroom.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.headroom.core.trace.RunInfo;
import dev.headroom.server.recording.RecordingSettings;
import dev.headroom.server.recording.RecordingWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every view while it loads, when it fails, when the server is gone, and with recordings that are empty or damaged. */
@Timeout(180)
class ViewStatesTest {
    @TempDir
    static Path folder;

    @RegisterExtension
    static final StoryPage story = new StoryPage(() -> folder);

    private static HinderedServer server;
    private static String finding;

    @BeforeAll
    static void start() throws IOException {
        server = new HinderedServer(story.server().address());
        Page page = story.open("overview", 800, 600, ColorScheme.LIGHT);
        finding = page.locator(".finding a").first().getAttribute("href").replaceAll(".*/", "");
        page.context().close();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @AfterEach
    void failedAnswersMayBeComplainedOf() {
        server.release();
        server.keepNews(false);
        story.chromium().complaints().removeIf(each -> each.contains("Failed to load resource"));
    }

    /** A view's address and what it shows once it has its data. */
    static Stream<Arguments> views() {
        return Stream.of(
                Arguments.of("overview", "the dearest first"),
                Arguments.of("overview?from=0&to=3000", "that began in this time"),
                Arguments.of("routes", "GET /api/orders"),
                Arguments.of("requests", "of 200 requests"),
                Arguments.of("request/1", "Where the time went"),
                Arguments.of("shapes", "over the whole run"),
                Arguments.of("finding/{finding}", "How it is known"),
                Arguments.of("memory", "JVM heap and metaspace"),
                Arguments.of("compare/1", "problems gone"),
                Arguments.of("coverage", "What each check could judge"));
    }

    @ParameterizedTest
    @MethodSource("views")
    void saysThatItLoadsUntilItsDataIsThere(String view, String text) {
        server.hold(ViewStatesTest::answers);
        Page page = open(view);
        Locator loading = page.locator("main .state[role=status]");
        loading.first().waitFor();

        assertThat(loading.first().innerText()).startsWith("Loading the ");
        assertThat(page.locator("nav[aria-label=Views] a").count())
                .as("the frame is painted before any answer")
                .isGreaterThan(5);
        assertThat(page.locator("main [role=alert]").count()).isZero();
        assertThat(Axe.violations(page)).isEmpty();

        server.release();
        shows(page, text);
        page.context().close();
    }

    @Test
    void leavesWhatIsBeingTypedWhenAnAnswerComes() {
        String since = "() => document.querySelector('.as-table tbody th').textContent";
        Page page = open("overview");
        shows(page, "the dearest first");
        String before = String.valueOf(page.evaluate(since));
        server.hold(path -> path.endsWith("/series"));
        page.locator(".range input").first().focus();
        page.keyboard().type("0.5");
        page.keyboard().press("Tab");
        page.keyboard().type("3");

        server.release();
        page.waitForCondition(() -> !before.equals(page.evaluate(since)));
        assertThat(page.locator(".range input").last().inputValue()).isEqualTo("3");
        page.keyboard().press("Enter");
        page.waitForFunction("() => location.hash.includes('from=500') && location.hash.includes('to=3000')");
        page.context().close();
    }

    @Test
    void comparesOnlyWhatWasReadToItsEnd() throws Exception {
        String list;
        try (InputStream in =
                story.server().address().resolve("api/recordings").toURL().openStream()) {
            list = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        String unread = list.replaceFirst("(after.headroom\",\"read\":)true", "$1false");
        assertThat(unread).isNotEqualTo(list);
        server.answer("/api/recordings"::equals, 200, unread);
        // which would ask for the list again
        server.keepNews(true);
        Page page = open("compare/1");
        Locator loading = page.locator("main .state[role=status]");
        loading.waitFor();

        assertThat(loading.innerText()).isEqualTo("Loading the recordings…");
        assertThat(page.locator("main .headline").count()).isZero();
        assertThat(Axe.violations(page)).isEmpty();

        server.release();
        server.keepNews(false);
        shows(page, "problems gone");
        page.context().close();
    }

    static Stream<Arguments> failures() {
        Map<String, String> kinds = Map.of(
                "refused", "It is damaged",
                "not of this page", "The server answered 502.",
                "broken off", "The answer broke off.");
        return views().flatMap(view -> kinds.entrySet().stream()
                .map(kind -> Arguments.of(view.get()[0], view.get()[1], kind.getKey(), kind.getValue())));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void saysWhatFailedAndTriesAgain(String view, String text, String kind, String said) {
        switch (kind) {
            case "refused" -> server.answer(ViewStatesTest::answers, 400, "{\"error\": \"It is damaged <b>\"}");
            case "not of this page" -> server.answer(ViewStatesTest::answers, 502, "<h1>Bad Gateway</h1>");
            default -> server.breakOff(ViewStatesTest::answers);
        }
        // which would try again by itself
        server.keepNews(true);
        Page page = open(view);
        Locator alert = page.locator("main [role=alert]");
        alert.first().waitFor();

        assertThat(alert.first().innerText()).contains("could not be shown.").contains(said);
        // what else the view shows has failed soon after it
        page.waitForFunction("() => !document.querySelector('main .state[role=status]')");
        assertThat(page.locator("main [role=alert] b").count()).as("markup").isZero();
        assertThat(Axe.violations(page)).isEmpty();

        server.release();
        for (int left = alert.count(); left > 0; left--) {
            alert.getByText("Try again").first().click();
            page.waitForFunction("left => document.querySelectorAll('main [role=alert]').length < left", left);
        }
        shows(page, text);
        page.context().close();
    }

    @ParameterizedTest
    @MethodSource("views")
    void staysAsItWasWhileTheServerIsGoneAndGoesOnWhenItIsBack(String view, String text) throws IOException {
        Page page = open(view);
        shows(page, text);
        server.goAway();
        try {
            page.waitForSelector("header .lost");
            assertThat(page.locator("main .warning[role=status]").innerText()).contains("is lost");
            assertThat(page.locator("main").innerText()).contains(text);
            assertThat(Axe.violations(page)).isEmpty();

            page.locator("nav[aria-label=Views] a:not([aria-current])").last().click();
            page.locator("main [role=alert]").first().waitFor();
            assertThat(page.locator("main [role=alert]").first().innerText()).contains("cannot be reached");
        } finally {
            server.comeBack();
        }
        page.waitForSelector("header .ended");
        page.waitForFunction("() => !document.querySelector('main [role=alert], main .warning[role=status]')");
        assertThat(page.locator("main table").count()).isPositive();
        page.context().close();
    }

    static Stream<Arguments> emptyViews() {
        return Stream.of(
                Arguments.of("overview", "No request was seen yet."),
                Arguments.of("overview?from=0&to=3000", "No request began in this time."),
                Arguments.of("routes", "No request was seen in this time."),
                Arguments.of("requests", "No request was seen in this time."),
                Arguments.of("request/1", "The recording has no request 1"),
                Arguments.of("shapes", "No statement was seen in this time."),
                Arguments.of("finding/0123456789", "This run has no finding 0123456789."),
                Arguments.of("memory", "No sample of the app's processes was taken"),
                Arguments.of("compare/1", "0 problems gone"),
                Arguments.of("coverage", "What each check could judge"));
    }

    @ParameterizedTest
    @MethodSource("emptyViews")
    void saysWhatIsMissingFromARunInWhichNothingHappened(String view, String text) throws IOException {
        Path nothing = Files.createTempDirectory(folder, "empty").resolve("empty.headroom");
        try (RecordingWriter writer = RecordingWriter.create(nothing, RecordingSettings.defaults())) {
            writer.run(new RunInfo("sleep 1", 1_790_000_000_000L, 1_000_000, "0.1.0", Map.of()));
        }
        // and one whose run was killed before it was told
        Path bare = nothing.resolveSibling("bare.headroom");
        RecordingWriter.create(bare, RecordingSettings.defaults()).close();
        for (List<Path> files : List.of(List.of(nothing, bare), List.of(bare, nothing))) {
            try (PageServer empty = PageServer.start(PageSettings.defaults().atPort(0), files)) {
                Page page = story.open(empty, view);
                shows(page, text);
                assertThat(Axe.violations(page)).isEmpty();
                page.context().close();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"no recording", "cut", "overwritten", "empty"})
    void everyViewSaysWhatIsWrongWithARecordingThatCannotBeRead(String damage) throws IOException {
        Path file = Files.createTempDirectory(folder, "damaged").resolve("x.headroom");
        byte[] content = damaged(Files.readAllBytes(folder.resolve("before.headroom")), damage);
        Files.write(file, content);
        List<Path> files = List.of(file, folder.resolve("after.headroom"));
        try (PageServer other = PageServer.start(PageSettings.defaults().atPort(0), files)) {
            Page page = story.chromium().page(1280, 800, ColorScheme.LIGHT);
            for (Arguments view : views().toList()) {
                page.navigate("about:blank");
                page.navigate(other.address() + "#/0/" + address(view));
                page.locator("main [role=alert]").first().waitFor();

                assertThat(String.join(" ", page.locator("main [role=alert]").allInnerTexts()))
                        .as(address(view))
                        .containsAnyOf("is not a Headroom recording", "is damaged", "damaged or cannot be read");
                assertThat(page.locator("main img").count()).isZero();
            }
            assertThat(Axe.violations(page)).isEmpty();
            page.context().close();
        }
        assertThat(file).as("it is never written to").hasBinaryContent(content);
    }

    private static byte[] damaged(byte[] content, String damage) {
        return switch (damage) {
            case "no recording" -> ("not really " + StoryRecording.MARKUP).getBytes(StandardCharsets.UTF_8);
            case "cut" -> Arrays.copyOf(content, content.length / 2);
            case "overwritten" -> {
                for (int i = content.length / 3; i < content.length; i++) {
                    content[i] = (byte) (i * 31);
                }
                yield content;
            }
            default -> new byte[0];
        };
    }

    private static String address(Arguments view) {
        return String.valueOf(view.get()[0]).replace("{finding}", finding);
    }

    private static boolean answers(String path) {
        return path.startsWith("/api/recordings/");
    }

    private static Page open(String view) {
        Page page = story.chromium().page(1280, 800, ColorScheme.LIGHT);
        page.navigate(server.address() + "#/0/" + view.replace("{finding}", finding));
        return page;
    }

    private static void shows(Page page, String text) {
        page.locator("main").getByText(text).first().waitFor();
        page.waitForFunction("() => !document.querySelector('main .state[role=status]')");
    }
}
