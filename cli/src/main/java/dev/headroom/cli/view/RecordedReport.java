package dev.headroom.cli.view;

import dev.headroom.cli.config.HeadroomToml;
import dev.headroom.core.check.CheckContext;
import dev.headroom.core.report.RunReport;
import dev.headroom.core.report.RunReporter;
import dev.headroom.core.report.Unrecorded;
import dev.headroom.server.recording.RecordingReader;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;

/** The report of a recording, finished or not. */
public final class RecordedReport {
    private RecordedReport() {}

    /**
     * Reads the recording and judges it.
     *
     * @throws dev.headroom.core.HeadroomException if it is no recording, or damaged
     */
    public static RunReport of(Path recording, HeadroomToml configuration) {
        RunReporter reporter = new RunReporter(CheckContext.DEFAULT);
        boolean finished;
        try (RecordingReader reader = RecordingReader.open(recording)) {
            finished = reader.finished();
            reader.replay(reporter);
        }
        RunReport report = reporter.report(configuration.silences(), LocalDate.now(ZoneId.systemDefault()));
        return finished ? report : report.lacking(Unrecorded.THE_END);
    }
}
