package dev.headroom.core.capture;

import dev.headroom.core.capture.CaptureEvent.InstrumentedCall;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What in-app instrumentation told of database calls, by the connection's backend process id, until the proxy's
 * account of the same time has been joined to it. Bounded. Owned by one thread.
 */
final class InstrumentedCalls {
    private static final int KEPT_PER_CONNECTION = 4_096;
    private static final int KEPT_CONNECTIONS = 4_096;

    private final Map<Integer, Deque<InstrumentedCall>> byBackend = new HashMap<>();

    /** When the last call ended that was told of a backend; those of one are told in order. */
    private final Map<Integer, Long> toldUpTo = new HashMap<>();

    /** Backends of which nothing was told for as long as it is waited for. */
    private final Set<Integer> silent = new HashSet<>();

    private boolean any;

    void add(InstrumentedCall call) {
        any = true;
        if (toldUpTo.size() >= KEPT_CONNECTIONS) {
            toldUpTo.clear();
        }
        toldUpTo.merge(call.backendPid(), call.endNanos(), Math::max);
        silent.remove(call.backendPid());
        Deque<InstrumentedCall> calls = byBackend.get(call.backendPid());
        if (calls == null) {
            if (byBackend.size() >= KEPT_CONNECTIONS) {
                byBackend.clear();
            }
            calls = new ArrayDeque<>();
            byBackend.put(call.backendPid(), calls);
        }
        if (calls.size() >= KEPT_PER_CONNECTION) {
            calls.removeFirst();
        }
        calls.addLast(call);
    }

    /** Whether instrumentation ever told of a call. */
    boolean any() {
        return any;
    }

    /** Whether a call of that backend was ever told of, as far as is remembered. */
    boolean tellsOf(int backendPid) {
        return any && toldUpTo.containsKey(backendPid);
    }

    /** Where {@link #any} was: whether one may still be told of that lasted until {@code end}: no later one was yet. */
    boolean mayTell(int backendPid, long end) {
        Long told = toldUpTo.get(backendPid);
        return told == null ? !silent.contains(backendPid) : told - end < 0;
    }

    /** Nothing was told of what that backend did, and it is not waited for any longer. */
    void gaveUp(int backendPid) {
        if (any && !toldUpTo.containsKey(backendPid)) {
            if (silent.size() >= KEPT_CONNECTIONS) {
                silent.clear();
            }
            silent.add(backendPid);
        }
    }

    /**
     * The call within which the proxy saw something on that connection from {@code start} to {@code end}; of nested
     * calls the innermost, which is told of first.
     */
    @Nullable
    InstrumentedCall around(int backendPid, long start, long end) {
        Deque<InstrumentedCall> calls = any ? byBackend.get(backendPid) : null;
        if (calls == null) {
            return null;
        }
        InstrumentedCall innermost = null;
        for (Iterator<InstrumentedCall> newest = calls.descendingIterator(); newest.hasNext(); ) {
            InstrumentedCall call = newest.next();
            if (call.endNanos() < end) {
                break;
            }
            if (call.startNanos() <= start) {
                innermost = call;
            }
        }
        return innermost;
    }

    /** Forgets what ended before {@code nanos}. */
    void forgetBefore(long nanos) {
        for (Iterator<Deque<InstrumentedCall>> all = byBackend.values().iterator(); all.hasNext(); ) {
            Deque<InstrumentedCall> calls = all.next();
            while (!calls.isEmpty() && calls.getFirst().endNanos() < nanos) {
                calls.removeFirst();
            }
            if (calls.isEmpty()) {
                all.remove();
            }
        }
    }
}
