package dev.headroom.core.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SortedRunsTest {
    private record Entry(long at, int id) {}

    private static final Comparator<Entry> ORDER =
            Comparator.comparingLong(Entry::at).thenComparingInt(Entry::id);

    /** Of so many sources, each in order but for one entry in twenty, which state in batches of random length. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 9})
    void isTakenOutAsAHeapDoes(int sources) {
        Random random = new Random(sources);
        SortedRuns<Entry> runs = new SortedRuns<>(ORDER);
        PriorityQueue<Entry> heap = new PriorityQueue<>(ORDER);
        long[] at = new long[sources];
        for (int i = 0; i < 100_000; i++) {
            int source = random.nextInt(sources);
            for (int left = random.nextInt(20); left > 0; left--) {
                at[source] += random.nextInt(3);
                long early = random.nextInt(20) == 0 ? random.nextInt(1_000) : 0;
                Entry entry = new Entry(at[source] - early, random.nextInt(100));
                runs.add(entry);
                heap.add(entry);
            }
            for (int left = random.nextInt(20); left > 0; left--) {
                assertThat(runs.peek()).isEqualTo(heap.peek());
                assertThat(runs.poll()).isEqualTo(heap.poll());
            }
            assertThat(runs.size()).isEqualTo(heap.size());
        }
    }

    @Test
    void whatComesTheWrongWayRoundComesOutInOrder() {
        SortedRuns<Entry> runs = new SortedRuns<>(ORDER);
        for (int i = 100; i > 0; i--) {
            runs.add(new Entry(i, 0));
        }
        List<Long> taken = new ArrayList<>();
        for (Entry next = runs.poll(); next != null; next = runs.poll()) {
            taken.add(next.at());
        }
        assertThat(taken).hasSize(100).isSorted();
        assertThat(runs.peek()).isNull();
        assertThat(runs.size()).isZero();
    }
}
