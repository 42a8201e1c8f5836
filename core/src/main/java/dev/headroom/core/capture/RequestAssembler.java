package dev.headroom.core.capture;

import dev.headroom.core.trace.Query;
import dev.headroom.core.trace.Request;
import dev.headroom.core.trace.TraceSink;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes whole requests of what capture states. The events come from several threads, so nothing is decided before it
 * has settled: a query once all that was stated up to its end is known for certain, a request {@link #SETTLE_NANOS} after
 * its end, and both later where in-app instrumentation may still tell. Time is what the caller says it is. Owned by one
 * thread.
 */
final class RequestAssembler {
    /**
     * How long a request is kept after its end for what the app still sends for it, and a query where other threads may
     * still have to state what they saw.
     */
    static final long SETTLE_NANOS = 50_000_000L;

    /** The same where in-app instrumentation tells of calls: it hands over in batches. */
    static final long INSTRUMENTED_SETTLE_NANOS = 400_000_000L;

    /** How long a query is held for its call, or its transaction's owner, to be told. */
    static final long HOLD_NANOS = 2_000_000_000L;

    /** How many may be held; beyond that the oldest is judged. All are looked at again when something was told. */
    static final int MOST_HELD = 1_000;

    /** How long nothing is called alone in flight after a request was lost, and how long one can be in flight. */
    private static final long LOST_NANOS = 60_000_000_000L;

    private static final long LONGEST_REQUEST_NANOS = 3_600_000_000_000L;

    /** A query that is not decided yet. */
    private record Undecided(Query query, @Nullable String traceId, boolean setsUp, long bytes) {}

    private final TraceSink sink;
    private final CaptureMeter meter;
    private final DetailBudget budget;
    private final InstrumentedCalls calls = new InstrumentedCalls();
    private final AppConnections connections = new AppConnections();
    private final Attributor attributor;
    private final InFlightRequests requests = new InFlightRequests();

    /** Those that are over, in the order in which that was stated, until nothing more can come for them. */
    private final Deque<InFlight> over = new ArrayDeque<>();

    /** Those of them for which all should have come by now, but of which one that is held may be. */
    private final List<InFlight> awaiting = new ArrayList<>();

    /** In the order of their ends: sources state what they saw in batches, so that it comes in another. */
    private final SortedRuns<Undecided> settling = new SortedRuns<>(
            Comparator.<Undecided>comparingLong(each -> each.query().endNanos())
                    .thenComparingLong(each -> each.query().id()));

    private final Deque<Undecided> held = new ArrayDeque<>();

    /** Whether something became known, since those that are held were last looked at, that may decide one of them. */
    private boolean news;

    private final long undecidedLimit;
    private long undecidedBytes;
    private boolean instrumented;
    private boolean databaseSeen;

    /**
     * Creates an assembler.
     *
     * @param detailBytes what requests in flight may keep, and again what undecided queries may, as an estimate
     */
    RequestAssembler(TraceSink sink, CaptureMeter meter, long detailBytes) {
        this.sink = sink;
        this.meter = meter;
        this.undecidedLimit = detailBytes;
        this.budget = new DetailBudget(detailBytes);
        this.attributor = new Attributor(calls, connections, meter);
    }

    /** Takes one fact. */
    void accept(CaptureEvent event) {
        if (event instanceof CaptureEvent.QueryFinished finished) {
            databaseSeen = true;
            settling.add(withinBounds(finished));
        } else if (event instanceof CaptureEvent.RequestStarted started) {
            attributor.requestSeen(started.nanos());
            started(started);
        } else if (event instanceof CaptureEvent.RequestFinished finished) {
            finished(inFlight(finished.request()), finished);
        } else if (event instanceof CaptureEvent.RequestStreaming streaming) {
            InFlight request = requests.get(streaming.id());
            if (request != null) {
                request.streaming(streaming.nanos());
            }
        } else if (event instanceof CaptureEvent.RequestOver over) {
            InFlight request = requests.get(over.id());
            if (request != null) {
                request.ended(over.nanos());
            }
        } else if (event instanceof CaptureEvent.ConnectionChanged changed) {
            databaseSeen = true;
            connections.changed(changed.connection());
            sink.connection(changed.connection());
        } else if (event instanceof CaptureEvent.InstrumentationConnected) {
            instrumented = true;
            connections.mayBeTold();
        } else if (event instanceof CaptureEvent.InstrumentedCall call) {
            instrumented = true;
            news = true;
            calls.add(call);
        } else if (event instanceof CaptureEvent.InstrumentedServer) {
            attributor.serverKnown();
        } else if (event instanceof CaptureEvent.InstrumentedRequest) {
            attributor.requestTold();
        } else if (event instanceof CaptureEvent.InstrumentedRoute named) {
            instrumented = true;
            InFlight request = requests.get(named.requestId());
            if (request != null) {
                request.route(named.route());
            }
        } else if (event instanceof CaptureEvent.Happened happened) {
            sink.event(happened.event());
        } else if (event instanceof CaptureEvent.DatabaseDescribed described) {
            sink.database(described.facts());
        } else if (event instanceof CaptureEvent.OrmDescribed described) {
            sink.orm(described.facts());
        } else if (event instanceof CaptureEvent.ValuesSampled sampled) {
            sink.values(sampled.sample());
        } else if (event instanceof CaptureEvent.Sampled sampled) {
            sink.sample(sampled.sample());
        } else if (event instanceof CaptureEvent.JvmSampled sampled) {
            sink.jvm(sampled.sample());
        }
    }

    /** The query, without its columns where too much waits for a decision already. */
    private Undecided withinBounds(CaptureEvent.QueryFinished finished) {
        Query query = finished.query();
        long bytes = finished.bytes();
        if (undecidedBytes + bytes > undecidedLimit && !query.columns().isEmpty()) {
            query = query.withoutColumns();
            bytes = CaptureQueue.bytes(query);
            meter.shedDetail();
        }
        undecidedBytes += bytes;
        return new Undecided(query, finished.traceId(), connections.setsUp(query), bytes);
    }

    private void started(CaptureEvent.RequestStarted started) {
        InFlight request = new InFlight(started.id(), started.nanos(), started.traceId(), budget);
        requests.add(request);
        CaptureEvent.RequestFinished end = started.takeEnd();
        if (end != null) {
            finished(request, end);
        }
    }

    /** The request in flight; one whose start was lost still gets its place, so that it is counted. */
    private InFlight inFlight(Request facts) {
        InFlight request = requests.get(facts.id());
        if (request == null) {
            request = new InFlight(facts.id(), facts.startNanos(), null, budget);
            requests.add(request);
        }
        return request;
    }

    private void finished(InFlight request, CaptureEvent.RequestFinished finished) {
        if (!request.over()) {
            over.add(request);
        }
        request.finished(finished.request(), finished.response());
    }

    /** A request's start or end was lost: for a while nothing can be called alone in flight. */
    void requestLost(long nanos) {
        attributor.blindUntil(nanos + LOST_NANOS);
    }

    /** Decides and hands on all that has settled by {@code nanos}; what was seen until then may still be stated. */
    void advance(long nanos) {
        advance(nanos, false);
    }

    /**
     * Decides and hands on all that has settled by {@code nanos}.
     *
     * @param complete whether all that was seen until then was stated and taken: a query that ended by then is decided at
     *     once, as holding it would only make it outlive the young generation, unless instrumentation may tell of it
     */
    void advance(long nanos, boolean complete) {
        long settled = nanos - (instrumented ? INSTRUMENTED_SETTLE_NANOS : SETTLE_NANOS);
        for (Undecided next = settling.peek(); next != null; next = settling.peek()) {
            boolean waits = !complete || instrumented && attributor.mayBeTold(next.query());
            if (next.query().endNanos() > (waits ? settled : nanos)) {
                break;
            }
            settling.poll();
            if (!decide(next, false)) {
                held.add(next);
                if (held.size() > MOST_HELD) {
                    judge(held.remove());
                }
            }
        }
        decideHeld(nanos - HOLD_NANOS);
        // where neither a database nor instrumentation was seen, nothing more can come for a request that is over
        handOn(complete && !databaseSeen && !instrumented ? nanos : settled);
        drop(nanos - LONGEST_REQUEST_NANOS);
        calls.forgetBefore(nanos - 2 * HOLD_NANOS);
        connections.forgetBefore(nanos - 2 * HOLD_NANOS);
    }

    /** Decides and hands on all there is; requests still in flight are not handed on. */
    void finish() {
        for (Undecided next = settling.poll(); next != null; next = settling.poll()) {
            held.add(next);
        }
        news = true;
        decideHeld(Long.MAX_VALUE);
        handOn(Long.MAX_VALUE);
    }

    private void decideHeld(long heldSince) {
        if (news) {
            news = false;
            // twice, since what has become certain may make the rest of its transaction certain too
            held.removeIf(next -> decide(next, false));
            held.removeIf(next -> decide(next, next.query().endNanos() <= heldSince));
        }
        for (Undecided next = held.peek(); next != null && next.query().endNanos() <= heldSince; next = held.peek()) {
            held.remove();
            decide(next, true);
        }
    }

    private boolean decide(Undecided next, boolean now) {
        Query told = attributor.told(next.query(), next.traceId(), next.setsUp(), requests);
        if (told != null) {
            // its transaction has an owner now
            news |= told.transactionId() != 0;
            place(next, told);
            return true;
        }
        if (!now && attributor.worthWaiting(next.query(), next.setsUp())) {
            return false;
        }
        if (now && !next.setsUp()) {
            attributor.waitedInVain(next.query());
            news = true;
        }
        judge(next);
        return true;
    }

    private void judge(Undecided next) {
        if (instrumented) {
            connections.untold(next.query().connectionId());
        }
        place(next, attributor.judged(next.query(), next.setsUp(), requests));
    }

    private void place(Undecided decided, Query query) {
        undecidedBytes -= decided.bytes();
        InFlight request = query.requestId() == 0 ? null : requests.get(query.requestId());
        if (request == null) {
            sink.outside(query);
        } else if (!request.add(query)) {
            meter.shedDetail();
        }
    }

    private void handOn(long settled) {
        Spans awaited = held.isEmpty() || requests.isEmpty()
                ? Spans.NONE
                : new Spans(held.stream()
                        .map(each -> new long[] {
                            each.query().startNanos(), each.query().endNanos()
                        })
                        .toArray(long[][]::new));
        awaiting.removeIf(request -> handOn(request, awaited));
        for (InFlight next = over.peek(); next != null && next.workEndNanos() <= settled; next = over.peek()) {
            over.remove();
            if (!handOn(next, awaited)) {
                awaiting.add(next);
            }
        }
    }

    private boolean handOn(InFlight request, Spans awaited) {
        if (awaited.overlap(request.startNanos, request.endNanos())) {
            return false;
        }
        requests.takeOut(request);
        sink.request(request.takeTrace());
        return true;
    }

    /** Gives up those that started before {@code nanos} and whose end never came. */
    private void drop(long nanos) {
        for (InFlight request : requests) {
            if (request.startNanos - nanos >= 0) {
                return; // in order of their starts, near enough
            }
            if (!request.over()) {
                requests.takeOut(request);
                request.drop();
                meter.droppedRequest();
            }
        }
    }

    /** How many queries wait for a decision. */
    int undecided() {
        return settling.size() + held.size();
    }

    /** How many of the app's connections are remembered. */
    int connections() {
        return connections.size();
    }
}
