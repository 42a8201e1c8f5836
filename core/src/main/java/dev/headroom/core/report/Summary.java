package dev.headroom.core.report;

import dev.headroom.core.trace.Attribution;
import dev.headroom.core.trace.CaptureCounters;
import dev.headroom.core.trace.Event;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was seen in a run.
 *
 * @param operations in order of the time that their requests took together
 * @param statements statements by how their request is known, without BEGIN and the like
 * @param setUpAndControl BEGIN and the like, of all attributions
 * @param withoutLine statements of requests whose line of code is not known, in a run where instrumentation told that
 *     of others; 0 where it told of none
 * @param connections connections to the database
 * @param failedConnections connections that the app asked for and that were refused, or found no server
 * @param events what happened, of each kind the first 50
 * @param moreEvents how many events are not among those
 * @param memory peaks; null where no sample was taken
 * @param jvm Java processes; null where none was seen, or an older Headroom recorded
 * @param job what ran where no request came at all; null where one came, or nothing ran
 * @param counters what capture saw and what it lost
 */
public record Summary(
        List<OperationSummary> operations,
        Map<Attribution, Long> statements,
        long setUpAndControl,
        long withoutLine,
        long connections,
        long failedConnections,
        List<Event> events,
        long moreEvents,
        @Nullable MemorySummary memory,
        @Nullable JvmSummary jvm,
        @Nullable JobSummary job,
        CaptureCounters counters) {
    public Summary {
        operations = List.copyOf(operations);
        statements = Collections.unmodifiableMap(new EnumMap<>(statements));
        events = List.copyOf(events);
    }

    /** Requests of all operations. */
    public long requests() {
        return operations.stream().mapToLong(OperationSummary::requests).sum();
    }

    /** Statements that are known to belong to a request, or to none. */
    public long attributed() {
        return total() - statements.getOrDefault(Attribution.UNATTRIBUTED, 0L);
    }

    /** Statements of all attributions. */
    public long total() {
        return statements.values().stream().mapToLong(Long::longValue).sum();
    }
}
