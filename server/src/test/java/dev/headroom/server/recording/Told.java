package dev.headroom.server.recording;

import dev.headroom.core.trace.CaptureCounters;
import dev.headroom.core.trace.Connection;
import dev.headroom.core.trace.DatabaseFacts;
import dev.headroom.core.trace.Digests;
import dev.headroom.core.trace.Event;
import dev.headroom.core.trace.JvmSample;
import dev.headroom.core.trace.MemorySample;
import dev.headroom.core.trace.OrmFacts;
import dev.headroom.core.trace.Query;
import dev.headroom.core.trace.RequestTrace;
import dev.headroom.core.trace.ResponseValues;
import dev.headroom.core.trace.ResultColumn;
import dev.headroom.core.trace.RunInfo;
import dev.headroom.core.trace.TraceSink;
import java.util.ArrayList;
import java.util.Arrays;
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
    public void database(DatabaseFacts facts) {
        others.add(facts);
    }

    @Override
    public void orm(OrmFacts facts) {
        others.add(facts);
    }

    @Override
    public void sample(MemorySample sample) {
        others.add(sample);
    }

    @Override
    public void jvm(JvmSample sample) {
        others.add(sample);
    }

    @Override
    public void counters(CaptureCounters each) {
        counters.add(each);
    }

    /**
     * What a recording keeps of a request: of the values that its response showed, those that its queries had too, and of
     * words those that were shown.
     */
    static RequestTrace kept(RequestTrace trace) {
        Set<Long> values = new HashSet<>();
        Set<Long> words = new HashSet<>();
        for (Query query : trace.queries()) {
            addAll(values, query.values());
            for (ResultColumn column : query.columns()) {
                addAll(values, column.values());
                addAll(words, column.words());
            }
        }
        long[] shown = trace.response().digests().toArray();
        long[] kept = Arrays.stream(shown)
                .filter(each -> values.contains(each) || words.contains(each))
                .toArray();
        addAll(values, Digests.of(kept));
        return new RequestTrace(
                trace.request(),
                trace.queries().stream().map(query -> kept(query, values)).toList(),
                trace.folded(),
                new ResponseValues(
                        Digests.of(kept),
                        trace.response().complete(),
                        trace.response().separate()));
    }

    /** What a recording keeps of a query outside of requests: no words. */
    static Query kept(Query query) {
        return BodyEncoder.with(
                query,
                query.values(),
                query.columns().stream()
                        .map(column -> column.with(column.values(), Digests.NONE))
                        .toList());
    }

    private static Query kept(Query query, Set<Long> known) {
        return BodyEncoder.with(
                query,
                query.values(),
                query.columns().stream()
                        .map(column -> column.with(column.values(), kept(column.words(), known)))
                        .toList());
    }

    private static Digests kept(Digests words, Set<Long> known) {
        return Digests.of(Arrays.stream(words.toArray())
                .map(word -> word == 0 || known.contains(word) ? word : DigestTable.UNSHOWN_WORD)
                .toArray());
    }

    private static void addAll(Set<Long> had, Digests digests) {
        for (int i = 0; i < digests.size(); i++) {
            had.add(digests.get(i));
        }
    }
}
