package dev.headroom.server.page;

import dev.headroom.core.trace.Event;
import dev.headroom.core.trace.JvmSample;
import dev.headroom.core.trace.MemorySample;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The four charts on one time axis: a time range in buckets. */
final class SeriesAnswer {
    private static final int MOST_BUCKETS = 600;

    private final RunView view;
    private final TimeRange range;
    private final long from;
    private final long width;
    private final int buckets;
    private final @Nullable Percentiles[] times;
    private final long[][] byStatus;
    private final long[] inFlight;
    private final @Nullable MemorySample[] memory;
    private final JvmAnswer jvm;
    private long memorySamples;

    private SeriesAnswer(RunView view, TimeRange range, int wanted) {
        this.view = view;
        from = Math.max(range.fromNanos(), view.origin());
        long to = Math.min(range.toNanos(), view.origin() + Math.max(1, view.length()));
        this.range = new TimeRange(from, Math.max(from, to));
        buckets = Math.max(1, Math.min(MOST_BUCKETS, wanted));
        width = Math.max(1, (this.range.toNanos() - from) / buckets + 1);
        times = new Percentiles[buckets];
        byStatus = new long[5][buckets];
        inFlight = new long[buckets];
        memory = new MemorySample[buckets];
        jvm = new JvmAnswer(buckets);
    }

    static Map<String, Object> of(RunView view, TimeRange range, int buckets) {
        SeriesAnswer answer = new SeriesAnswer(view, range, buckets);
        answer.count();
        return answer.map();
    }

    private void count() {
        RequestIndex index = view.requests();
        for (int i = 0; i < index.size(); i++) {
            if (!range.contains(index.start(i))) {
                continue;
            }
            int bucket = bucket(index.start(i));
            Percentiles here = times[bucket];
            if (here == null) {
                here = new Percentiles();
                times[bucket] = here;
            }
            here.add(index.nanos(i));
            int status = index.status(i);
            byStatus[status >= 200 && status < 600 ? status / 100 - 2 : 4][bucket]++;
            inFlight[bucket] = Math.max(inFlight[bucket], index.inFlight(i));
        }
        for (MemorySample sample : view.samples()) {
            if (range.contains(sample.nanos())) {
                memorySamples++;
                int bucket = bucket(sample.nanos());
                MemorySample before = memory[bucket];
                memory[bucket] = before == null || used(sample) > used(before) ? sample : before;
            }
        }
        for (JvmSample sample : view.jvms()) {
            jvm.add(sample, range.contains(sample.nanos()) ? bucket(sample.nanos()) : -1);
        }
    }

    private static long used(MemorySample sample) {
        return Math.max(sample.proportionalBytes(), Math.max(sample.residentBytes(), sample.groupBytes()));
    }

    private int bucket(long nanos) {
        return (int) Math.min(buckets - 1, (nanos - from) / width);
    }

    private Map<String, Object> map() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("fromMillis", view.millis(range.fromNanos()));
        map.put("toMillis", view.millis(range.toNanos()));
        map.put("bucketMillis", width / 1e6);
        List<Object> t = new ArrayList<>();
        for (int i = 0; i < buckets; i++) {
            t.add(view.millis(from + i * width));
        }
        map.put("t", t);
        map.put("p50", percentile(0.5));
        map.put("p95", percentile(0.95));
        map.put("p99", percentile(0.99));
        map.put("max", percentile(1));
        map.put("timeLimitMillis", view.context().timeLimitNanos() / 1e6);
        map.put("status2xx", byStatus[0]);
        map.put("status3xx", byStatus[1]);
        map.put("status4xx", byStatus[2]);
        map.put("status5xx", byStatus[3]);
        map.put("noResponse", byStatus[4]);
        map.put("inFlight", inFlight);
        map.put("memorySamples", memorySamples);
        map.putAll(MemoryAnswer.columns(memory));
        map.putAll(jvm.columns());
        map.put("events", events());
        map.put("eventsKept", RunEvents.MOST_KEPT);
        map.put("eventCount", view.events().within(range));
        map.put("moreEvents", view.events().moreWithin(range));
        return map;
    }

    private List<@Nullable Object> percentile(double share) {
        List<@Nullable Object> list = new ArrayList<>(buckets);
        for (Percentiles each : times) {
            list.add(each == null ? null : Math.round(each.at(share) / 1e3) / 1e3);
        }
        return list;
    }

    private List<Object> events() {
        List<Object> list = new ArrayList<>();
        for (Event event : view.events().kept()) {
            if (range.contains(event.nanos())) {
                Map<String, Object> map = new LinkedHashMap<>();
                map.put("t", view.millis(event.nanos()));
                map.put("kind", event.kind().name().toLowerCase(Locale.ROOT));
                map.put("request", event.requestId());
                map.put("text", event.text());
                list.add(map);
            }
        }
        return list;
    }
}
