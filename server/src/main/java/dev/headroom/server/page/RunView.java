package dev.headroom.server.page;

import dev.headroom.core.check.CheckContext;
import dev.headroom.core.check.Silence;
import dev.headroom.core.report.RunReport;
import dev.headroom.core.report.RunReporter;
import dev.headroom.core.trace.CallSite;
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
import dev.headroom.server.compare.MemoryDuring;
import dev.headroom.server.recording.RowSink;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** All that the views of one run are made of, fed while its recording is read. Thread-safe. */
final class RunView implements RowSink {
    private static final int MOST_SAMPLES = 100_000;
    private static final int MOST_CALL_SITES = 5_000;

    private final CheckContext context;
    private final RunReporter reporter;
    private final RequestIndex requests = new RequestIndex();
    private final ShapeTotals shapes = new ShapeTotals();
    private final ShapeChunks chunks = new ShapeChunks();
    private final ConnectionSetUps setUps = new ConnectionSetUps();
    private final Set<CallSite> callSites = new HashSet<>();
    private final List<MemorySample> samples = new ArrayList<>();
    private final List<JvmSample> jvms = new ArrayList<>();
    private final RunEvents events = new RunEvents();
    private @Nullable RunInfo info;
    private long firstNanos = Long.MAX_VALUE;
    private long lastNanos = Long.MIN_VALUE;
    private long version;

    RunView(CheckContext context) {
        this.context = context;
        reporter = new RunReporter(context);
    }

    @Override
    public synchronized void row(long sequence) {
        chunks.row(sequence);
    }

    @Override
    public synchronized void run(RunInfo runInfo) {
        info = runInfo;
        seen(runInfo.startedNanos());
        reporter.run(runInfo);
    }

    @Override
    public synchronized void request(RequestTrace trace) {
        seen(trace.request().startNanos());
        seen(trace.request().endNanos());
        requests.add(trace);
        shapes.add(trace);
        chunks.add(trace);
        setUps.add(trace);
        for (Query query : trace.queries()) {
            named(query.callSite());
        }
        reporter.request(trace);
    }

    private void named(@Nullable CallSite site) {
        if (site != null && callSites.size() < MOST_CALL_SITES) {
            callSites.add(site);
        }
    }

    /** Whether a query of the run came from there. */
    boolean names(String file, int line) {
        return callSites.stream()
                .anyMatch(site -> site.line() == line && site.file().equals(file));
    }

    @Override
    public synchronized void outside(Query query) {
        named(query.callSite());
        seen(query.endNanos());
        shapes.addOutside(query);
        chunks.addOutside(query);
        setUps.add(query);
        reporter.outside(query);
    }

    @Override
    public synchronized void connection(Connection connection) {
        setUps.add(connection);
        reporter.connection(connection);
    }

    @Override
    public synchronized void event(Event event) {
        seen(event.nanos());
        events.add(event);
        reporter.event(event);
    }

    @Override
    public synchronized void database(DatabaseFacts facts) {
        version++;
        reporter.database(facts);
    }

    @Override
    public synchronized void orm(OrmFacts facts) {
        version++;
        reporter.orm(facts);
    }

    @Override
    public synchronized void sample(MemorySample sample) {
        seen(sample.nanos());
        if (samples.size() >= MOST_SAMPLES) {
            samples.subList(0, MOST_SAMPLES / 2).clear();
        }
        samples.add(sample);
        reporter.sample(sample);
    }

    @Override
    public synchronized void jvm(JvmSample sample) {
        version++;
        if (jvms.size() >= MOST_SAMPLES) {
            jvms.subList(0, MOST_SAMPLES / 2).clear();
        }
        jvms.add(sample);
        reporter.jvm(sample);
    }

    @Override
    public synchronized void counters(CaptureCounters counters) {
        reporter.counters(counters);
    }

    private void seen(long nanos) {
        firstNanos = Math.min(firstNanos, nanos);
        lastNanos = Math.max(lastNanos, nanos);
        version++;
    }

    /** Goes up whenever something new was told. */
    synchronized long version() {
        return version;
    }

    /** The report so far. */
    synchronized RunReport report(List<Silence> silences, LocalDate today) {
        return reporter.report(silences, today);
    }

    /** Asks the figures while nobody adds to them. */
    synchronized <T> T ask(Function<RunView, T> question) {
        return question.apply(this);
    }

    CheckContext context() {
        return context;
    }

    RequestIndex requests() {
        return requests;
    }

    /**
     * Adds what ran in a part of the run, as far as it was added up ahead.
     *
     * @return the first and the last row of what must be looked at one by one
     */
    synchronized List<long[]> addShapes(TimeRange range, ShapeTotals totals) {
        return chunks.addTo(totals, range);
    }

    ConnectionSetUps setUps() {
        return setUps;
    }

    ShapeTotals shapes() {
        return shapes;
    }

    /** The samples of a part of the run, to be looked at by route. */
    MemoryDuring memory(TimeRange range) {
        MemoryDuring memory = new MemoryDuring();
        samples.stream().filter(sample -> range.contains(sample.nanos())).forEach(memory::add);
        return memory;
    }

    /** The same of the heaps of its Java processes, over the whole run. */
    MemoryDuring heap() {
        MemoryDuring heap = new MemoryDuring();
        jvms.forEach(heap::add);
        return heap;
    }

    List<JvmSample> jvms() {
        return jvms;
    }

    List<MemorySample> samples() {
        return samples;
    }

    RunEvents events() {
        return events;
    }

    /** Wall clock; null where it was not recorded. */
    synchronized @Nullable Long startedAtMillis() {
        return info == null ? null : info.startedAtMillis();
    }

    /** One statement's sums; null where the run has none of that id. */
    synchronized ShapeTotals.@Nullable Total shape(long id) {
        return shapes.get(id);
    }

    @Nullable
    RunInfo info() {
        return info;
    }

    /** How many requests that are in here began in a time. */
    synchronized int requests(TimeRange range) {
        int inside = 0;
        for (int i = 0; i < requests.size(); i++) {
            inside += range.contains(requests.start(i)) ? 1 : 0;
        }
        return inside;
    }

    /** The start of the run on the monotonic clock, from which all times of the page count. */
    long origin() {
        if (info != null) {
            return info.startedNanos();
        }
        return firstNanos == Long.MAX_VALUE ? 0 : firstNanos;
    }

    /** From the run's start to the last that was told, in nanoseconds. */
    long length() {
        return lastNanos == Long.MIN_VALUE ? 0 : Math.max(0, lastNanos - origin());
    }

    /** Milliseconds since the run's start. */
    double millis(long nanos) {
        return Math.round((nanos - origin()) / 1e3) / 1e3;
    }
}
