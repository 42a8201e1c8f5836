package dev.headroom.core.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headroom.core.trace.StatementKind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CaptureQueueTest {
    private final CaptureQueue queue = new CaptureQueue(100_000);
    private final Facts facts = new Facts();

    private int fill() {
        int taken = 0;
        while (queue.offer(facts.query(1, 0, StatementKind.SELECT, 1, 2))) {
            taken++;
        }
        return taken;
    }

    @Test
    void whatIsDrainedMakesAsMuchRoomAgain() {
        int taken = fill();
        List<CaptureEvent> drained = new ArrayList<>();

        assertThat(queue.overloaded()).isTrue();
        assertThat(queue.drain(taken + 1, drained::add)).isEqualTo(taken);
        assertThat(queue.overloaded()).isFalse();
        assertThat(fill()).isEqualTo(taken);
        assertThat(queue.drain(taken, drained::add)).isEqualTo(taken);
        assertThat(drained).hasSize(2 * taken);
    }

    @Test
    void noMoreIsDrainedThanIsAskedFor() {
        int taken = fill();

        assertThat(queue.drain(3, event -> {})).isEqualTo(3);
        assertThat(queue.drain(taken, event -> {})).isEqualTo(taken - 3);
    }

    @Test
    void aConsumerThatThrowsLeavesNoRoomTaken() {
        int taken = fill();

        assertThatThrownBy(() -> queue.drain(taken, event -> {
                    throw new IllegalStateException("on purpose");
                }))
                .isInstanceOf(IllegalStateException.class);
        queue.drain(taken, event -> {});

        assertThat(fill()).isEqualTo(taken);
    }

    @Test
    void aQueryIsCountedByWhatItKeeps() {
        CaptureEvent event = facts.query(1, 0, StatementKind.SELECT, 1, 2);

        assertThat(event)
                .isInstanceOfSatisfying(
                        CaptureEvent.QueryFinished.class,
                        finished -> assertThat(CaptureQueue.bytes(event))
                                .isEqualTo(CaptureQueue.bytes(finished.query()))
                                .isPositive());
    }

    @Test
    void theEndOfARequestTravelsWithItsStartWhileThatWaits() {
        CaptureEvent.RequestStarted started = new CaptureEvent.RequestStarted(1, 10, null);
        CaptureEvent.RequestFinished end = (CaptureEvent.RequestFinished) Facts.finished(1, 10, 20);
        assertThat(started.endsWith(end)).as("before it waits").isFalse();
        queue.offer(started);

        assertThat(started.endsWith(end)).isTrue();
        assertThat(started.endsWith(end)).as("a second time").isFalse();
        List<CaptureEvent> drained = new ArrayList<>();
        queue.drain(10, drained::add);
        assertThat(drained).containsExactly(started);
        assertThat(started.takeEnd()).isSameAs(end);
        assertThat(started.endsWith(end)).as("once it was taken").isFalse();
    }

    @Test
    void aStartWithItsEndThatIsLostCountsAsALostRequest() {
        CaptureEvent.RequestStarted started = new CaptureEvent.RequestStarted(1, 10, null);
        queue.offer(started);
        started.endsWith((CaptureEvent.RequestFinished) Facts.finished(1, 10, 20));
        queue.offer(new CaptureEvent.RequestStarted(2, 10, null));

        queue.drain(10, queue::countLost);

        assertThat(queue.meter().counters().droppedRequests()).isEqualTo(1);
        assertThat(queue.takeRequestLost()).isTrue();
    }
}
