package dev.headroom.server.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the page tells apart by colour is told apart by all eyes: by a pattern, a shape or a word, or by colours that still
 * differ under each colour vision deficiency as Chromium simulates them (severe, after Machado, Oliveira and Fernandes
 * 2009), in light and dark.
 */
@Timeout(180)
class ColourVisionTest {
    /** CIE76 difference from which two colours side by side are told apart at a glance; 2.3 is just noticeable. */
    private static final double DIFFERENT = 10;

    private static final int PATCH = 20;
    private static final List<String> EYES =
            List.of("none", "protanopia", "deuteranopia", "tritanopia", "achromatopsia");

    @TempDir
    static Path folder;

    @RegisterExtension
    static final StoryPage story = new StoryPage(() -> folder);

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void theLinesOfEachChartDifferByPatternOrByColour(ColorScheme scheme) throws IOException {
        for (String view : List.of("overview", "memory")) {
            Page page = story.open(view, 1280, 800, scheme);
            for (Locator chart : page.locator("figure.chart").all()) {
                Map<String, String> colours = new LinkedHashMap<>();
                Map<String, String> patterns = new LinkedHashMap<>();
                for (Locator entry : chart.locator(".legend > span").all()) {
                    String label = entry.innerText();
                    colours.put(label, (String) entry.locator("svg").evaluate("each => getComputedStyle(each).color"));
                    patterns.put(label, String.valueOf(entry.locator("line").getAttribute("stroke-dasharray")));
                }
                String title = chart.locator("figcaption").innerText();
                for (String eyes : EYES) {
                    Map<String, double[]> seen = seen(page, eyes, colours);
                    for (String[] pair : pairs(colours)) {
                        boolean patternsDiffer = !Objects.equals(patterns.get(pair[0]), patterns.get(pair[1]));
                        assertThat(patternsDiffer || difference(seen, pair) >= DIFFERENT)
                                .as("%s: %s and %s, %s", title, pair[0], pair[1], eyes)
                                .isTrue();
                    }
                }
            }
            page.context().close();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void thePartsOfAWaterfallDifferFromEachOtherAndFromTheirGround(ColorScheme scheme) throws IOException {
        Page page = story.open("request/4", 1280, 800, scheme);
        Map<String, String> colours = new LinkedHashMap<>();
        colours.put(
                "ground", (String) page.evaluate("() => getComputedStyle(document.documentElement).backgroundColor"));
        for (Locator key : page.locator(".keys .key").all()) {
            String name = key.getAttribute("class").replace("key ", "");
            // a frame around a statement, told apart by its shape
            if (!name.equals("same")) {
                colours.put(name, (String) key.evaluate("each => getComputedStyle(each).backgroundColor + '; opacity: '"
                        + " + getComputedStyle(each).opacity"));
            }
        }
        assertThat(colours).containsKeys("app", "statement", "repeated", "transaction", "setup");
        for (String eyes : EYES) {
            Map<String, double[]> seen = seen(page, eyes, colours);
            // on lines of their own, with their name before them: the others share a line
            for (String[] pair : List.of(
                    new String[] {"statement", "repeated"},
                    new String[] {"app", "sending"},
                    new String[] {"ground", "app"},
                    new String[] {"ground", "statement"},
                    new String[] {"ground", "repeated"},
                    new String[] {"ground", "setup"})) {
                assertThat(difference(seen, pair))
                        .as("%s and %s, %s", pair[0], pair[1], eyes)
                        .isGreaterThan(DIFFERENT);
            }
        }
        page.context().close();
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void statesAreWordsWhoseColourIsReadOnTheirGround(ColorScheme scheme) throws IOException {
        Map<String, String> views = Map.of(
                "overview", ".evidence, header .ended",
                "compare/1", ".verdict.better, .verdict.worse",
                "requests?sort=start", "td .bad",
                "routes", "td .bad");
        for (Map.Entry<String, String> view : views.entrySet()) {
            Page page = story.open(view.getKey(), 1280, 800, scheme);
            List<Locator> states = page.locator(view.getValue()).all();
            assertThat(states).as(view.getKey()).isNotEmpty();
            Map<String, String> colours = new LinkedHashMap<>();
            for (Locator state : states) {
                assertThat(state.innerText())
                        .as("it says in words what its colour says")
                        .isNotBlank();
                colours.put(state.innerText(), (String) state.evaluate("each => getComputedStyle(each).color"));
            }
            colours.put("ground", (String)
                    page.evaluate("() => getComputedStyle(document.documentElement).backgroundColor"));
            for (String eyes : EYES) {
                Map<String, double[]> seen = seen(page, eyes, colours);
                for (String state : colours.keySet()) {
                    assertThat(state.equals("ground") || contrast(colour(seen, state), colour(seen, "ground")) >= 4.5)
                            .as("%s on its ground, %s", state, eyes)
                            .isTrue();
                }
            }
            page.context().close();
        }
    }

    @Test
    void theSimulationTakesEffect() throws IOException {
        Page page = story.open("coverage", 1280, 800, ColorScheme.LIGHT);
        double[] red = colour(seen(page, "none", Map.of("red", "rgb(200, 30, 30)")), "red");
        double[] grey = colour(seen(page, "achromatopsia", Map.of("red", "rgb(200, 30, 30)")), "red");

        assertThat(red[0]).isGreaterThan(10 * red[1]);
        assertThat(grey[0]).isCloseTo(grey[1], within(0.02)).isCloseTo(grey[2], within(0.02));
        page.context().close();
    }

    private static List<String[]> pairs(Map<String, String> colours) {
        List<String> names = List.copyOf(colours.keySet());
        List<String[]> pairs = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            for (int j = i + 1; j < names.size(); j++) {
                pairs.add(new String[] {names.get(i), names.get(j)});
            }
        }
        return pairs;
    }

    /** The colours as linear red, green and blue of 0 to 1, as eyes with that deficiency see them. */
    private static Map<String, double[]> seen(Page page, String eyes, Map<String, String> colours) throws IOException {
        page.evaluate("""
                colours => {
                    document.querySelector('#patches')?.remove();
                    const patches = document.createElement('div');
                    patches.id = 'patches';
                    patches.style.cssText = 'position: fixed; left: 0; top: 0; z-index: 9; display: flex; background: var(--bg)';
                    for (const colour of colours) {
                        const patch = document.createElement('div');
                        patch.style.cssText = 'width: 20px; height: 20px; background: ' + colour;
                        patches.append(patch);
                    }
                    document.body.append(patches);
                }""", List.copyOf(colours.values()));
        CDPSession devTools = page.context().newCDPSession(page);
        JsonObject type = new JsonObject();
        type.addProperty("type", eyes);
        devTools.send("Emulation.setEmulatedVisionDeficiency", type);
        byte[] png = page.locator("#patches").screenshot();
        BufferedImage picture = Objects.requireNonNull(ImageIO.read(new ByteArrayInputStream(png)));
        devTools.detach();
        Map<String, double[]> seen = new LinkedHashMap<>();
        int at = PATCH / 2;
        for (String name : colours.keySet()) {
            int rgb = picture.getRGB(at, PATCH / 2);
            seen.put(name, new double[] {linear((rgb >> 16) & 255), linear((rgb >> 8) & 255), linear(rgb & 255)});
            at += PATCH;
        }
        return seen;
    }

    private static double[] colour(Map<String, double[]> seen, String name) {
        return Objects.requireNonNull(seen.get(name));
    }

    /** IEC 61966-2-1. */
    private static double linear(int component) {
        double value = component / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }

    private static double luminance(double[] colour) {
        return 0.2126 * colour[0] + 0.7152 * colour[1] + 0.0722 * colour[2];
    }

    /** WCAG 2.1, contrast ratio. */
    private static double contrast(double[] one, double[] other) {
        double lighter = Math.max(luminance(one), luminance(other));
        return (lighter + 0.05) / (Math.min(luminance(one), luminance(other)) + 0.05);
    }

    /** CIE76, white D65. */
    private static double difference(Map<String, double[]> seen, String[] pair) {
        double[] one = lab(colour(seen, pair[0]));
        double[] other = lab(colour(seen, pair[1]));
        return Math.sqrt(
                Math.pow(one[0] - other[0], 2) + Math.pow(one[1] - other[1], 2) + Math.pow(one[2] - other[2], 2));
    }

    private static double[] lab(double[] colour) {
        double x = f((0.4124 * colour[0] + 0.3576 * colour[1] + 0.1805 * colour[2]) / 0.95047);
        double y = f(luminance(colour));
        double z = f((0.0193 * colour[0] + 0.1192 * colour[1] + 0.9505 * colour[2]) / 1.08883);
        return new double[] {116 * y - 16, 500 * (x - y), 200 * (y - z)};
    }

    private static double f(double t) {
        return t > 216.0 / 24_389 ? Math.cbrt(t) : (24_389.0 / 27 * t + 16) / 116;
    }
}
