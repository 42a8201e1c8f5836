package dev.headroom.core.report;

import dev.headroom.core.trace.Attribution;
import dev.headroom.core.trace.CaptureCounters;
import dev.headroom.core.trace.Connection;
import dev.headroom.core.trace.Event;
import dev.headroom.core.trace.FoldedQueries;
import dev.headroom.core.trace.JvmSample;
import dev.headroom.core.trace.MemorySample;
import dev.headroom.core.trace.OperationNames;
import dev.headroom.core.trace.Query;
import dev.headroom.core.trace.RequestTrace;
import dev.headroom.core.trace.TraceSink;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Adds up what was captured, by operation, in bounded memory. Used by one thread at a time. */
public final class RunSummary implements TraceSink {
    private static final int MAX_OPERATIONS = 1_000;

    /** Many of one kind, as of a database that is away, must not take the place of another. */
    static final int MAX_EVENTS_OF_A_KIND = 50;

    private static final String OTHER = "(other routes)";

    private final OperationNames names = new OperationNames();
    private final Map<String, OperationTally> operations = new LinkedHashMap<>();
    private final long[] statements = new long[Attribution.values().length];
    private final List<Event> events = new ArrayList<>();
    private final int[] eventsOfKind = new int[Event.Kind.values().length];
    private final JvmTally jvm = new JvmTally();
    private long control;
    private long withoutLine;
    private boolean anyLine;
    private long connections;
    private long failedConnections;
    private long moreEvents;
    private @Nullable MemorySummary memory;
    private long oomKillsBefore = MemorySample.MISSING;
    private @Nullable JobTally job = new JobTally();
    private CaptureCounters counters = CaptureCounters.ZERO;

    @Override
    public void request(RequestTrace trace) {
        job = null;
        String operation = names.of(trace.request());
        if (operations.size() >= MAX_OPERATIONS && !operations.containsKey(operation)) {
            operation = OTHER;
        }
        operations.computeIfAbsent(operation, OperationTally::new).add(trace);
        for (Query query : trace.queries()) {
            count(query);
            if (query.callSite() != null) {
                anyLine = true;
            } else if (!query.shape().control()) {
                withoutLine++;
            }
        }
        Attribution how = trace.queries().isEmpty()
                ? Attribution.LIKELY_ALONE
                : trace.queries().get(trace.queries().size() - 1).attribution();
        for (FoldedQueries more : trace.folded()) {
            if (more.shape().control()) {
                control += more.count();
            } else {
                statements[how.ordinal()] += more.count();
            }
        }
    }

    @Override
    public void outside(Query query) {
        count(query);
        if (job != null) {
            job.add(query);
        }
    }

    private void count(Query query) {
        if (query.shape().control()) {
            control++;
        } else {
            statements[query.attribution().ordinal()]++;
        }
    }

    @Override
    public void connection(Connection connection) {
        if (connection.closedNanos() == 0) {
            connections++;
        }
    }

    @Override
    public void event(Event event) {
        if (event.kind() == Event.Kind.DATABASE_REFUSED || event.kind() == Event.Kind.DATABASE_UNREACHABLE) {
            failedConnections++;
        }
        if (eventsOfKind[event.kind().ordinal()]++ < MAX_EVENTS_OF_A_KIND) {
            events.add(event);
        } else {
            moreEvents++;
        }
    }

    @Override
    public void sample(MemorySample sample) {
        if (oomKillsBefore < 0) {
            oomKillsBefore = sample.groupOomKills();
        }
        long kills = sample.groupOomKills() < 0 ? MemorySample.MISSING : sample.groupOomKills() - oomKillsBefore;
        MemorySummary before = memory == null ? new MemorySummary(0, -1, -1, -1, -1, -1, -1) : memory;
        memory = new MemorySummary(
                before.samples() + 1,
                Math.max(before.proportionalBytes(), sample.proportionalBytes()),
                Math.max(before.residentBytes(), sample.residentBytes()),
                Math.max(before.groupBytes(), sample.groupBytes()),
                Math.max(before.groupLimitBytes(), sample.groupLimitBytes()),
                Math.max(before.threads(), sample.threads()),
                Math.max(before.oomKills(), kills));
    }

    @Override
    public void jvm(JvmSample sample) {
        jvm.add(sample);
    }

    @Override
    public void counters(CaptureCounters now) {
        counters = now;
    }

    /** What was seen so far. */
    public Summary summary() {
        List<OperationSummary> summaries = new ArrayList<>();
        for (OperationTally tally : operations.values()) {
            summaries.add(tally.summary());
        }
        summaries.sort(Comparator.comparingLong(OperationSummary::totalNanos).reversed());
        Map<Attribution, Long> byAttribution = new EnumMap<>(Attribution.class);
        for (Attribution how : Attribution.values()) {
            byAttribution.put(how, statements[how.ordinal()]);
        }
        return new Summary(
                summaries,
                byAttribution,
                control,
                anyLine ? withoutLine : 0,
                connections,
                failedConnections,
                events,
                moreEvents,
                memory,
                jvm.summary(),
                job == null ? null : job.summary(),
                counters);
    }
}
