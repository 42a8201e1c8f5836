package dev.headroom.cli.run;

import dev.headroom.cli.output.StandardOutput;
import dev.headroom.core.report.RunReport;
import dev.headroom.core.report.TextReport;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;

/** The report at the end of a run. */
final class EndReport {
    private final PrintStream out;
    private final Map<String, String> environment;

    EndReport(PrintStream out, Map<String, String> environment) {
        this.out = out;
        this.environment = environment;
    }

    void print(RunReport report, Path recording) {
        String text = new TextReport(StandardOutput.style(environment)).render(report);
        out.println();
        out.print(text);
        out.println("Recording: " + recording + " (again: headroom report " + recording + ")");
        out.flush();
    }
}
