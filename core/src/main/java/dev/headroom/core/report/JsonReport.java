package dev.headroom.core.report;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.headroom.core.HeadroomException;
import dev.headroom.core.check.CheckCoverage;
import dev.headroom.core.trace.Attribution;
import dev.headroom.core.trace.CaptureCounters;
import dev.headroom.core.trace.Event;
import dev.headroom.core.trace.RunInfo;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A run's report as JSON, in the form that docs/reference/report-json.md describes. */
public final class JsonReport {
    /** Goes up when a field changes its meaning or goes away; new fields may come at any time. */
    public static final int VERSION = 1;

    private JsonReport() {}

    /** The report as indented JSON. */
    public static String render(RunReport report) {
        try {
            return JSON.std
                            .with(JSON.Feature.PRETTY_PRINT_OUTPUT, JSON.Feature.WRITE_NULL_PROPERTIES)
                            .asString(map(report))
                    + "\n";
        } catch (IOException e) {
            throw new HeadroomException("The report could not be written as JSON: " + e.getMessage(), e);
        }
    }

    private static Map<String, Object> map(RunReport report) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("format", "headroom-report");
        map.put("version", VERSION);
        map.put("run", run(report.info()));
        map.put(
                "operations",
                report.summary().operations().stream()
                        .map(JsonReport::operation)
                        .toList());
        map.put("job", job(report.summary().job()));
        map.put("findings", report.findings().stream().map(FindingJson::map).toList());
        map.put("silenced", report.silenced().stream().map(FindingJson::map).toList());
        map.put("warnings", report.warnings());
        map.put("seen", seen(report.summary()));
        map.put("checks", report.coverage().stream().map(JsonReport::coverage).toList());
        map.put(
                "events",
                report.summary().events().stream().map(JsonReport::event).toList());
        map.put("moreEvents", report.summary().moreEvents());
        map.put("memory", memory(report.summary().memory()));
        map.put("jvm", jvm(report.summary().jvm()));
        return map;
    }

    private static @Nullable Map<String, Object> run(@Nullable RunInfo info) {
        if (info == null) {
            return null;
        }
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("command", info.command());
        map.put("startedAt", Instant.ofEpochMilli(info.startedAtMillis()).toString());
        map.put("headroomVersion", info.headroomVersion());
        map.put("details", new TreeMap<>(info.details()));
        return map;
    }

    private static Map<String, Object> operation(OperationSummary operation) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("operation", operation.operation());
        map.put("requests", operation.requests());
        map.put("failed", operation.failed());
        map.put("statementsMedian", operation.statementsMedian());
        map.put("statementsMax", operation.statementsMax());
        map.put("duplicatesPerRequest", operation.duplicatesPerRequest());
        map.put("rowsMedian", operation.rowsMedian());
        map.put("bytesFromDatabaseMedian", operation.bytesMedian());
        map.put("p50Nanos", operation.p50Nanos());
        map.put("p95Nanos", operation.p95Nanos());
        map.put("maxNanos", operation.maxNanos());
        map.put("totalNanos", operation.totalNanos());
        map.put("databaseShare", operation.databaseShare());
        return map;
    }

    private static @Nullable Map<String, Object> job(@Nullable JobSummary job) {
        if (job == null) {
            return null;
        }
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("statements", job.statements());
        map.put("shapes", job.shapes());
        map.put("transactions", job.transactions());
        map.put("nanos", job.nanos());
        map.put("groups", job.groups().stream().map(JsonReport::group).toList());
        return map;
    }

    private static Map<String, Object> group(TransactionGroup group) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("begins", group.begins());
        map.put("times", group.times());
        map.put("statements", group.statements());
        map.put("statementsMedian", group.statementsMedian());
        map.put("statementsMax", group.statementsMax());
        map.put("nanos", group.nanos());
        map.put("repeated", group.repeated());
        map.put("repeatedTimes", group.repeatedTimes());
        return map;
    }

    private static Map<String, Object> seen(Summary summary) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("requests", summary.requests());
        map.put("connections", summary.connections());
        map.put("failedConnections", summary.failedConnections());
        Map<String, Object> statements = new LinkedHashMap<>();
        for (Map.Entry<Attribution, Long> entry : summary.statements().entrySet()) {
            statements.put(entry.getKey().name().toLowerCase(Locale.ROOT), entry.getValue());
        }
        map.put("statements", statements);
        map.put("control", summary.setUpAndControl());
        CaptureCounters counters = summary.counters();
        Map<String, Object> captured = new LinkedHashMap<>();
        captured.put("requests", counters.requests());
        captured.put("statements", counters.statements());
        captured.put("control", counters.control());
        captured.put("droppedRequests", counters.droppedRequests());
        captured.put("droppedQueries", counters.droppedQueries());
        captured.put("shedDetails", counters.shedDetails());
        captured.put("truncatedShapes", counters.truncatedShapes());
        captured.put("uninterpretedConnections", counters.uninterpretedConnections());
        captured.put("unreadableResponses", counters.unreadableResponses());
        captured.put("unreadResponses", counters.unreadResponses());
        captured.put("toldOfNoRequest", counters.toldOfNoRequest());
        map.put("captured", captured);
        return map;
    }

    private static Map<String, Object> coverage(CheckCoverage coverage) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("check", coverage.check());
        map.put("judged", coverage.judged());
        map.put("couldNotJudge", coverage.couldNot());
        map.put("reason", coverage.reason());
        return map;
    }

    private static Map<String, Object> event(Event event) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("kind", event.kind().name().toLowerCase(Locale.ROOT));
        map.put("nanos", event.nanos());
        map.put("request", event.requestId());
        map.put("text", event.text());
        return map;
    }

    private static @Nullable Map<String, Object> memory(@Nullable MemorySummary memory) {
        if (memory == null) {
            return null;
        }
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("samples", memory.samples());
        map.put("peakProportionalBytes", memory.proportionalBytes());
        map.put("peakResidentBytes", memory.residentBytes());
        map.put("peakGroupBytes", memory.groupBytes());
        map.put("groupLimitBytes", memory.groupLimitBytes());
        map.put("maxThreads", memory.threads());
        map.put("oomKills", memory.oomKills());
        return map;
    }

    private static @Nullable Map<String, Object> jvm(@Nullable JvmSummary jvm) {
        if (jvm == null) {
            return null;
        }
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("processes", jvm.processes());
        map.put("silentProcesses", jvm.silent());
        map.put("peakHeapUsedBytes", jvm.usedBytes());
        map.put("peakHeapCommittedBytes", jvm.committedBytes());
        map.put("heapMaxBytes", jvm.maxBytes());
        map.put("peakMetaspaceBytes", jvm.metaspaceBytes());
        map.put("collections", jvm.collections());
        map.put("collectionNanos", jvm.collectionNanos());
        map.put("maxThreads", jvm.threads());
        return map;
    }
}
