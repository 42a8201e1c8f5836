package dev.headroom.core.report;

import dev.headroom.core.check.Check;
import dev.headroom.core.check.CheckContext;
import dev.headroom.core.check.Checks;
import dev.headroom.core.check.Diagnosis;
import dev.headroom.core.check.Doctor;
import dev.headroom.core.check.DuplicateQueryCheck;
import dev.headroom.core.check.Finding;
import dev.headroom.core.check.Silence;
import dev.headroom.core.check.Silencing;
import dev.headroom.core.trace.CaptureCounters;
import dev.headroom.core.trace.Connection;
import dev.headroom.core.trace.DatabaseFacts;
import dev.headroom.core.trace.Event;
import dev.headroom.core.trace.JvmSample;
import dev.headroom.core.trace.MemorySample;
import dev.headroom.core.trace.OrmFacts;
import dev.headroom.core.trace.Query;
import dev.headroom.core.trace.RequestTrace;
import dev.headroom.core.trace.RunInfo;
import dev.headroom.core.trace.TraceSink;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes the report of a run from its traces, live or replayed: the one object that commands feed and ask. Used by one
 * thread at a time.
 */
public final class RunReporter implements TraceSink {
    private final RunSummary summary = new RunSummary();
    private final Doctor doctor;
    private @Nullable RunInfo info;

    /** All checks. */
    public RunReporter(CheckContext context) {
        this(Checks.all(), context);
    }

    /** The given checks. */
    public RunReporter(List<Check> checks, CheckContext context) {
        doctor = new Doctor(checks, context);
    }

    @Override
    public void run(RunInfo runInfo) {
        info = runInfo;
        doctor.run(runInfo);
    }

    @Override
    public void request(RequestTrace trace) {
        summary.request(trace);
        doctor.request(trace);
    }

    @Override
    public void outside(Query query) {
        summary.outside(query);
        doctor.outside(query);
    }

    @Override
    public void connection(Connection connection) {
        summary.connection(connection);
        doctor.connection(connection);
    }

    @Override
    public void event(Event event) {
        summary.event(event);
        doctor.event(event);
    }

    @Override
    public void database(DatabaseFacts facts) {
        doctor.database(facts);
    }

    @Override
    public void orm(OrmFacts facts) {
        doctor.orm(facts);
    }

    @Override
    public void sample(MemorySample sample) {
        summary.sample(sample);
    }

    @Override
    public void jvm(JvmSample sample) {
        summary.jvm(sample);
    }

    @Override
    public void counters(CaptureCounters counters) {
        summary.counters(counters);
        doctor.counters(counters);
    }

    /** The report so far; the run may go on. */
    public RunReport report(List<Silence> silences, LocalDate today) {
        Diagnosis diagnosis = doctor.diagnosis();
        Silencing silencing = Silencing.of(diagnosis.findings(), silences, today);
        return new RunReport(
                info,
                withDuplicates(summary.summary(), diagnosis.findings()),
                silencing.findings(),
                silencing.silenced(),
                silencing.warnings(),
                diagnosis.coverage(),
                Unrecorded.NOTHING);
    }

    private static Summary withDuplicates(Summary summary, List<Finding> findings) {
        Map<String, Long> duplicates = new HashMap<>();
        count(findings, duplicates);
        return new Summary(
                summary.operations().stream()
                        .map(operation -> operation.withDuplicates(
                                (double) duplicates.getOrDefault(operation.operation(), 0L) / operation.requests()))
                        .toList(),
                summary.statements(),
                summary.setUpAndControl(),
                summary.withoutLine(),
                summary.connections(),
                summary.failedConnections(),
                summary.events(),
                summary.moreEvents(),
                summary.memory(),
                summary.jvm(),
                summary.job(),
                summary.counters());
    }

    private static void count(List<Finding> findings, Map<String, Long> duplicates) {
        for (Finding finding : findings) {
            if (finding.check().equals(DuplicateQueryCheck.ID)) {
                duplicates.merge(finding.operation(), finding.total().statements(), Long::sum);
            }
            count(finding.consequences(), duplicates);
        }
    }
}
