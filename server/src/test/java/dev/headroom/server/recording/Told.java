package dev.headroom.server.recording;

import dev.headroom.core.trace.CaptureCounters;
import dev.headroom.core.trace.Connection;
import dev.headroom.core.trace.Digests;
import dev.headroom.core.trace.Event;
import dev.headroom.core.trace.MemorySample;
import dev.headroom.core.trace.Query;
import dev.headroom.core.trace.RequestTrace;
import dev.headroom.core.trace.ResponseValues;
import dev.headroom.core.trace.ResultColumn;
import dev.headroom.core.trace.RunInfo;
import dev.headroom.core.trace.TraceSink;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A sink that keeps what it was told. */
final class Told implements TraceSink {
    final List<RunInfo> runs = new ArrayList<>();
    final List<RequestTrace> requests = new ArrayList<>();
    final List<Query> outside = new ArrayList<>();
    final List<Object> others = new ArrayList<>();
    final List<CaptureCounters> counters = new ArrayList<>();

    @Override
    public void run(RunInfo info) {
        runs.add(info);
    }

    @Override
    public void request(RequestTrace trace) {
        requests.add(trace);
    }

    @Override
    public void outside(Query query) {
        outside.add(query);
    }

    @Override
    public void connection(Connection connection) {
        others.add(connection);
    }

    @Override
    public void event(Event event) {
        others.add(event);
    }

    @Override
    public void sample(MemorySample sample) {
        others.add(sample);
    }

    @Override
    public void counters(CaptureCounters each) {
        counters.add(each);
    }

    /** What a recording keeps of a request: of the values that its response showed, those that its queries had too. */
    static RequestTrace kept(RequestTrace trace) {
        Set<Long> had = new HashSet<>();
        for (Query query : trace.queries()) {
            addAll(had, query.values());
            for (ResultColumn column : query.columns()) {
                addAll(had, column.values());
            }
        }
        long[] shown = trace.response().digests().toArray();
        long[] kept = java.util.Arrays.stream(shown).filter(had::contains).toArray();
        return new RequestTrace(
                trace.request(),
                trace.queries(),
                trace.folded(),
                new ResponseValues(
                        Digests.of(kept),
                        trace.response().complete(),
                        trace.response().separate()));
    }

    private static void addAll(Set<Long> had, Digests digests) {
        for (int i = 0; i < digests.size(); i++) {
            had.add(digests.get(i));
        }
    }
}
