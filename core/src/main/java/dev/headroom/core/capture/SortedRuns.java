package dev.headroom.core.capture;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * A queue in an order of its own for what comes in a few ascending runs, one from each source, that are interleaved: each
 * run is kept as it comes, and the least is looked for among their heads. Where a heap of n compares about log2(n) times
 * for each element, and in memory that is cold by then, this compares as often as there are runs. What fits no run goes
 * to a heap. Owned by one thread.
 */
final class SortedRuns<E> {
    private static final int RUNS = 4;

    private final Comparator<? super E> order;
    private final List<ArrayDeque<E>> runs = new ArrayList<>(RUNS);
    private final Queue<E> rest;

    /** Where the least is; null where that has to be looked for. */
    private @Nullable Queue<E> least;

    SortedRuns(Comparator<? super E> order) {
        this.order = order;
        rest = new PriorityQueue<>(order);
        for (int i = 0; i < RUNS; i++) {
            runs.add(new ArrayDeque<>());
        }
    }

    void add(E element) {
        fitting(element).add(element);
        least = null;
    }

    private Queue<E> fitting(E element) {
        for (int i = 0; i < RUNS; i++) {
            ArrayDeque<E> run = runs.get(i);
            E last = run.peekLast();
            if (last == null || order.compare(last, element) <= 0) {
                return run;
            }
        }
        return rest;
    }

    /** The least; null where there is none. */
    @Nullable
    E peek() {
        Queue<E> in = least;
        if (in != null) {
            return in.peek();
        }
        E found = rest.peek();
        in = rest;
        for (int i = 0; i < RUNS; i++) {
            E head = runs.get(i).peek();
            if (head != null && (found == null || order.compare(head, found) < 0)) {
                found = head;
                in = runs.get(i);
            }
        }
        least = in;
        return found;
    }

    /** Takes out the least; null where there is none. */
    @Nullable
    E poll() {
        E found = peek();
        Queue<E> in = least;
        if (found != null && in != null) {
            in.remove();
            least = null;
        }
        return found;
    }

    int size() {
        return rest.size() + runs.stream().mapToInt(ArrayDeque::size).sum();
    }
}
