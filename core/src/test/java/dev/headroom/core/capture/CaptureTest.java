package dev.headroom.core.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.core.trace.CaptureCounters;
import dev.headroom.core.trace.Connection;
import dev.headroom.core.trace.RequestTrace;
import dev.headroom.core.trace.RunInfo;
import dev.headroom.core.trace.StatementKind;
import dev.headroom.core.trace.TraceSink;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class CaptureTest {
    private static final RunInfo INFO = new RunInfo("app", 0, 0, "test", Map.of());
    private static final long MEMORY = 1 << 20;

    private final CollectedTraces traces = new CollectedTraces();
    private final Facts facts = new Facts();

    @Test
    void closingHandsOnAllThatWasOffered() {
        try (Capture capture = Capture.start(INFO, List.of(traces), MEMORY)) {
            capture.sink().offer(Facts.started(1, 10));
            capture.sink().offer(facts.select(1, 12, 13));
            capture.sink().offer(Facts.finished(1, 10, 20));
        }
        assertThat(traces.requests).hasSize(1);
        assertThat(traces.requests.get(0).queries()).hasSize(1);
    }

    @Test
    void aRequestWhoseEndWasStatedAlongWithItsStartHasItsQueries() {
        CaptureEvent.RequestStarted started = new CaptureEvent.RequestStarted(1, Facts.ms(10), null);
        try (Capture capture = Capture.start(INFO, List.of(traces), MEMORY)) {
            CaptureSink sink = capture.sink();
            sink.offer(started);
            CaptureEvent.RequestFinished end = (CaptureEvent.RequestFinished) Facts.finished(1, 10, 20);
            // stated with it, or by itself where capture was faster
            if (!started.endsWith(end)) {
                sink.offer(end);
            }
            sink.offer(facts.select(1, 12, 13));
        }
        assertThat(traces.requests).hasSize(1);
        assertThat(traces.requests.get(0).queries()).hasSize(1);
    }

    @Test
    void nothingIsDecidedOfATimeThatABusySourceMayStillStateSomethingOf() throws InterruptedException {
        long now = System.nanoTime() / Facts.MILLI;
        AtomicLong busySince = new AtomicLong(Facts.ms(now - 1_000));
        Semaphore seen = new Semaphore(0);
        TraceSink watching = new TraceSink() {
            @Override
            public void connection(Connection connection) {
                seen.release();
            }
        };
        try (Capture capture = Capture.start(INFO, List.of(traces, watching), MEMORY)) {
            capture.sink().follow(busySince::get);
            capture.sink().offer(facts.select(1, now - 900, now - 800));
            for (int turn = 0; turn < 3; turn++) {
                // each is seen in a turn of its own, at whose end the query would be decided
                capture.sink().offer(Facts.connected(9, 9, now));
                seen.acquire();
            }
            capture.sink().offer(Facts.started(1, now - 950));
            capture.sink().offer(Facts.finished(1, now - 950, now - 700));
            busySince.set(Long.MAX_VALUE);
        }
        assertThat(traces.outside).isEmpty();
        assertThat(traces.requests)
                .singleElement()
                .satisfies(trace -> assertThat(trace.queries()).hasSize(1));
    }

    @Test
    void aSinkThatThrowsIsLeftOutAndSaid() {
        TraceSink broken = new TraceSink() {
            @Override
            public void request(RequestTrace trace) {
                throw new IllegalStateException("broken");
            }
        };
        Capture capture = Capture.start(INFO, List.of(broken, traces), MEMORY);
        try (capture) {
            capture.sink().offer(Facts.started(1, 10));
            capture.sink().offer(Facts.finished(1, 10, 20));
        }
        assertThat(traces.requests).hasSize(1);
        assertThat(capture.failures()).singleElement().asString().contains("failed and was left out");
    }

    @Test
    void whatDoesNotFitIsCountedAndTheRestGoesOn() {
        AtomicReference<CaptureCounters> last = new AtomicReference<>(CaptureCounters.ZERO);
        TraceSink counting = new TraceSink() {
            @Override
            public void counters(CaptureCounters counters) {
                last.set(counters);
            }
        };
        int offered = 200_000;
        long kept = 0;
        try (Capture capture = Capture.start(INFO, List.of(counting, traces), MEMORY)) {
            for (int i = 0; i < offered; i++) {
                if (capture.sink().offer(facts.query(1, 0, StatementKind.SELECT, 12, 13))) {
                    kept++;
                }
            }
        }
        assertThat(traces.outside).hasSize((int) kept);
        assertThat(last.get().droppedQueries()).isEqualTo(offered - kept);
    }
}
