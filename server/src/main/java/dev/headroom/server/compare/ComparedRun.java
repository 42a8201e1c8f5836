package dev.headroom.server.compare;

import dev.headroom.core.check.CheckContext;
import dev.headroom.core.check.Silence;
import dev.headroom.core.report.RunReport;
import dev.headroom.core.report.RunReporter;
import dev.headroom.server.recording.RecordingReader;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;

/**
 * One of two runs that are compared.
 *
 * @param report its report
 * @param figures its routes
 */
public record ComparedRun(RunReport report, List<RouteFigures> figures) {
    public ComparedRun {
        figures = List.copyOf(figures);
    }

    /**
     * Reads a recording.
     *
     * @throws dev.headroom.core.HeadroomException if it is no recording, or damaged
     */
    public static ComparedRun read(Path recording, List<Silence> silences) {
        RunReporter reporter = new RunReporter(CheckContext.DEFAULT);
        FiguresSink figures = new FiguresSink();
        try (RecordingReader reader = RecordingReader.open(recording)) {
            reader.replay(reporter.and(figures));
        }
        return new ComparedRun(reporter.report(silences, LocalDate.now(ZoneId.systemDefault())), figures.figures());
    }

    /** This run and a later one. */
    public Comparison with(ComparedRun after) {
        return Comparison.of(report, figures, after.report, after.figures);
    }
}
