package dev.headroom.server.compare;

import dev.headroom.core.check.CheckContext;
import dev.headroom.core.check.Silence;
import dev.headroom.core.report.RunReport;
import dev.headroom.core.report.RunReporter;
import dev.headroom.core.trace.CaptureCounters;
import dev.headroom.core.trace.Connection;
import dev.headroom.core.trace.Event;
import dev.headroom.core.trace.JvmSample;
import dev.headroom.core.trace.MemorySample;
import dev.headroom.core.trace.Query;
import dev.headroom.core.trace.RequestTrace;
import dev.headroom.core.trace.RunInfo;
import dev.headroom.core.trace.TraceSink;
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
            reader.replay(new Both(reporter, figures));
        }
        return new ComparedRun(reporter.report(silences, LocalDate.now(ZoneId.systemDefault())), figures.figures());
    }

    /** This run and a later one. */
    public Comparison with(ComparedRun after) {
        return Comparison.of(report, figures, after.report, after.figures);
    }

    private record Both(RunReporter reporter, FiguresSink figures) implements TraceSink {
        @Override
        public void run(RunInfo info) {
            reporter.run(info);
        }

        @Override
        public void request(RequestTrace trace) {
            reporter.request(trace);
            figures.request(trace);
        }

        @Override
        public void outside(Query query) {
            reporter.outside(query);
        }

        @Override
        public void connection(Connection connection) {
            reporter.connection(connection);
        }

        @Override
        public void event(Event event) {
            reporter.event(event);
        }

        @Override
        public void sample(MemorySample sample) {
            reporter.sample(sample);
            figures.sample(sample);
        }

        @Override
        public void jvm(JvmSample sample) {
            reporter.jvm(sample);
            figures.jvm(sample);
        }

        @Override
        public void counters(CaptureCounters counters) {
            reporter.counters(counters);
        }
    }
}
