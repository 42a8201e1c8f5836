package dev.headroom.server.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Where the single file is written, and what is left where it can't be. */
@Timeout(60)
class HtmlReportTest {
    @TempDir
    Path folder;

    private Path recording = Path.of("");

    @BeforeEach
    void record() throws IOException {
        recording = StoryRecordings.before(Files.createDirectory(folder.resolve("recordings")), 20);
    }

    @Test
    void takesThePlaceOfAnOlderOneAndLeavesNothingBesideIt() throws IOException {
        Path reports = Files.createDirectory(folder.resolve("reports"));
        Path file = Files.writeString(reports.resolve("report.html"), "an older one");

        HtmlReport.write(recording, List.of(), file);

        assertThat(file).content().startsWith("<!doctype html>").endsWith("</html>\n");
        assertThat(named(reports)).containsExactly("report.html");
    }

    @Test
    void whoeverMayReadTheOlderOneMayReadTheNew() throws IOException {
        Path file = Files.writeString(folder.resolve("report.html"), "an older one");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        HtmlReport.write(recording, List.of(), file);

        assertThat(file).content().startsWith("<!doctype html>");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");
    }

    @Test
    void aWriteThatFailsHalfwayLeavesWhatWasThere() throws IOException {
        Path file = Files.writeString(folder.resolve("report.html"), "an older one");
        Path other = folder.resolve("other.html");
        WholeFile.Content failing = out -> {
            out.write("<!doctype html>".repeat(10_000));
            out.flush();
            throw new IOException("No space left on device");
        };

        assertThatThrownBy(() -> WholeFile.write(file, failing)).hasMessage("No space left on device");
        assertThatThrownBy(() -> WholeFile.write(other, failing)).hasMessage("No space left on device");

        assertThat(file).hasContent("an older one");
        assertThat(named(folder)).containsExactly("recordings", "report.html");
    }

    @Test
    void aLinkGoesOnToLeadToTheReport() throws IOException {
        Path file = Files.writeString(folder.resolve("real.html"), "an older one");
        Path link = Files.createSymbolicLink(folder.resolve("link.html"), file);

        HtmlReport.write(recording, List.of(), link);

        assertThat(link).isSymbolicLink();
        assertThat(file).content().startsWith("<!doctype html>");
    }

    @Test
    void whatCannotBeReplacedIsWrittenTo() {
        Path device = Path.of("/dev/full");

        assertThatThrownBy(() -> HtmlReport.write(recording, List.of(), device))
                .isInstanceOf(UnwritableReportException.class)
                .hasMessageContaining("The report /dev/full could not be written (No space left on device).");
        assertThat(device).exists();
    }

    @Test
    void saysWhatIsWrongWithThePlace() throws IOException {
        Path nowhere = folder.resolve("none/report.html");
        Path inFile = Files.createFile(folder.resolve("file")).resolve("report.html");

        assertThatThrownBy(() -> HtmlReport.write(recording, List.of(), nowhere))
                .hasMessage("The report " + nowhere + " could not be written (no such file or folder).");
        assertThatThrownBy(() -> HtmlReport.write(recording, List.of(), inFile))
                .isInstanceOf(UnwritableReportException.class)
                .hasMessageContaining("The report " + inFile + " could not be written (");
        assertThatThrownBy(() -> HtmlReport.write(recording, List.of(), folder))
                .isInstanceOf(UnwritableReportException.class);
    }

    private static List<String> named(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(each -> each.getFileName().toString()).sorted().toList();
        }
    }
}
