package dev.headroom.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.headroom.server.page.StoryRecordings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code headroom compare} as a job of a pull request uses it. */
@Timeout(60)
class CompareCommandTest {
    @TempDir
    static Path folder;

    private static String before = "";
    private static String after = "";

    @BeforeAll
    static void record() {
        before = StoryRecordings.before(folder, 60).toString();
        after = StoryRecordings.after(folder, 60).toString();
    }

    @ParameterizedTest
    @CsvSource({"worse", "new", "'worse,new'", "'new,worse'"})
    void failsOnlyOnWhatItWasAskedToFailOn(String failOn) {
        assertThat(Printed.by("compare", before, after, "--fail-on", failOn).status())
                .as("better")
                .isZero();
        assertThat(Printed.by("compare", before, before, "--fail-on", failOn).status())
                .as("the same")
                .isZero();
        assertThat(Printed.by("compare", after, before, "--fail-on", failOn).status())
                .as("worse, with new problems")
                .isEqualTo(1);
        assertThat(Printed.by("compare", after, before).status())
                .as("not asked to fail")
                .isZero();
    }

    @Test
    void aSilencedProblemIsNotANewOne() throws IOException {
        Path toml = Files.writeString(
                folder.resolve("silent.toml"),
                "[[silence]]\nroute = '*'\nreason = 'the page is being rewritten'\nexpires = 2999-01-31\n");
        List<String> asked = List.of("compare", after, before, "--fail-on", "new", "--config", toml.toString());

        assertThat(Printed.by(asked.toArray(String[]::new)).status()).isZero();
        List<String> both = new ArrayList<>(asked);
        both.addAll(List.of("--fail-on", "worse"));
        assertThat(Printed.by(both.toArray(String[]::new)).status())
                .as("a silence is of problems, not of figures")
                .isEqualTo(1);
    }

    @Test
    void printsMarkdownForAPullRequestJsonAndSarif() throws IOException {
        Printed markdown = Printed.by("compare", before, after);
        assertThat(markdown.text())
                .contains("| route |")
                .contains("GET /api/orders")
                .contains("41")
                .contains("gone");
        Printed json = Printed.by("compare", before, after, "--json");
        assertThat(JSON.std.mapFrom(json.text()))
                .containsEntry("format", "headroom-comparison")
                .containsEntry("differs", true);
        assertThat(Printed.by("compare", before, after, "--format", "json")).isEqualTo(json);
        Printed sarif = Printed.by("compare", before, after, "--format", "sarif");
        assertThat(JSON.std.mapFrom(sarif.text())).containsEntry("version", "2.1.0");
        assertThat(sarif.text()).contains("\"baselineState\" : \"absent\"");
    }

    @Test
    void saysWhatIsWrongWithWhatItWasGiven() throws IOException {
        Path other = Files.writeString(folder.resolve("other.headroom"), "not a recording");
        String missing = folder.resolve("missing.headroom").toString();

        assertThat(Printed.by("compare", before, other.toString()))
                .isEqualTo(new Printed(65, "headroom: " + other + " is not a Headroom recording.\n"));
        assertThat(Printed.by("compare", missing, after))
                .isEqualTo(new Printed(65, "headroom: There is no recording " + missing + ".\n"));
        assertThat(Printed.by("compare", before).status()).isEqualTo(64);
        for (String wrong : Arrays.asList("--fail-on=better", "--format=html")) {
            Printed refused = Printed.by("compare", before, after, wrong);
            assertThat(refused.status()).as(wrong).isEqualTo(64);
            assertThat(refused.text()).startsWith("headroom: ").contains(wrong.substring(wrong.indexOf('=') + 1));
        }
    }

    @Test
    void aReportThatCannotBeWrittenIsSaidSoAndLeavesNothing() {
        Path nowhere = folder.resolve("none/report.html");

        assertThat(Printed.by("report", before, "--html", nowhere.toString()))
                .isEqualTo(new Printed(
                        73, "headroom: The report " + nowhere + " could not be written (no such file or folder).\n"));
        assertThat(nowhere.getParent()).doesNotExist();
    }
}
