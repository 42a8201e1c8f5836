package dev.headroom.cli.command;

import dev.headroom.cli.output.StandardOutput;
import dev.headroom.cli.view.RecordedReport;
import dev.headroom.cli.view.ReportFormat;
import dev.headroom.core.report.RunReport;
import dev.headroom.server.page.HtmlReport;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code headroom report}: shows a recording's report again. */
@Command(
        name = "report",
        description = "Shows the report of a recording, also of one that is still being written.",
        mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {
    @ArgGroup
    private WhichRecording recording = new WhichRecording();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            converter = ReportFormatConverter.class,
            description = "text (default), json, sarif, junit, markdown, github (annotations), or baseline (for"
                    + " headroom check --not-worse-than).")
    private ReportFormat format = ReportFormat.TEXT;

    @Option(names = "--json", description = "The same as --format json.")
    private boolean json;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "As one HTML file that shows the page's views without a server.")
    private @Nullable Path html;

    @Mixin
    private ConfigurationOption configuration = new ConfigurationOption();

    @Override
    public Integer call() {
        if (html != null) {
            HtmlReport.write(recording.path(), configuration.read().silences(), html);
            return 0;
        }
        RunReport report = RecordedReport.of(recording.path(), configuration.read());
        ReportFormat chosen = json ? ReportFormat.JSON : format;
        System.out.print(chosen.render(report, StandardOutput.style(System.getenv())));
        System.out.flush();
        return 0;
    }
}
