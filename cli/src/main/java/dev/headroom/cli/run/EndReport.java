package dev.headroom.cli.run;

import dev.headroom.cli.config.HeadroomToml;
import dev.headroom.cli.output.StandardOutput;
import dev.headroom.core.report.RunReporter;
import dev.headroom.core.report.TextReport;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;

/** The report at the end of a run. */
final class EndReport {
    private final PrintStream out;
    private final HeadroomToml configuration;
    private final Map<String, String> environment;

    EndReport(PrintStream out, HeadroomToml configuration, Map<String, String> environment) {
        this.out = out;
        this.configuration = configuration;
        this.environment = environment;
    }

    void print(RunReporter reporter, Path recording) {
        String text = new TextReport(StandardOutput.style(environment))
                .render(reporter.report(configuration.silences(), LocalDate.now(ZoneId.systemDefault())));
        out.println();
        out.print(text);
        out.println("Recording: " + recording + " (again: headroom report " + recording + ")");
        out.flush();
    }
}
