package dev.headroom.core.capture;

import dev.headroom.core.capture.CaptureEvent.InstrumentedCall;
import dev.headroom.core.trace.Attribution;
import dev.headroom.core.trace.CallSite;
import dev.headroom.core.trace.Query;
import org.jspecify.annotations.Nullable;

/**
 * Decides which request a query belongs to, by the rules of docs/concepts/attribution.md: exact by instrumentation,
 * by a trace id sent with this very execution or by the transaction of such a one; likely where one request was in
 * flight alone; else unattributed. Owned by one thread.
 */
final class Attributor {
    private final InstrumentedCalls calls;
    private final TransactionOwners transactions = new TransactionOwners();
    private final BackgroundShapes backgroundShapes = new BackgroundShapes();
    private final AppConnections connections;
    private final CaptureMeter meter;
    private boolean serverKnown;
    private boolean requestTold;
    private long firstRequestNanos;
    private boolean requestsSeen;
    private long blindUntilNanos;
    private boolean blind;

    Attributor(InstrumentedCalls calls, AppConnections connections, CaptureMeter meter) {
        this.calls = calls;
        this.connections = connections;
        this.meter = meter;
    }

    /** Instrumentation found a server or framework of whose requests it will tell. */
    void serverKnown() {
        serverKnown = true;
    }

    /** Instrumentation saw a request begin: from now on its word that a thread serves none is believed. */
    void requestTold() {
        requestTold = true;
    }

    /** A request started; what the app did before its first one is its start, not background work. */
    void requestSeen(long nanos) {
        if (!requestsSeen || nanos - firstRequestNanos < 0) {
            firstRequestNanos = nanos;
        }
        requestsSeen = true;
    }

    /** Requests were lost: until then nothing can be called alone in flight. */
    void blindUntil(long nanos) {
        blind = true;
        blindUntilNanos = nanos;
    }

    /**
     * What is told of this execution for certain, or, where the call that it belongs to is told but not whose that is,
     * what can be said beside the call's place; null where nothing is told.
     */
    @Nullable
    Query told(Query query, @Nullable String traceId, boolean setsUp, InFlightRequests requests) {
        InstrumentedCall call = calls.any()
                ? calls.around(connections.backendPid(query.connectionId()), query.startNanos(), query.endNanos())
                : null;
        if (call != null) {
            connections.told(query.connectionId());
        }
        if (call != null && (call.requestId() != 0 || tellsOfRequests(query, requests))) {
            long requestId = call.requestId();
            Attribution how = requestId == 0 ? Attribution.BACKGROUND : Attribution.EXACT;
            transactions.note(query.transactionId(), requestId, Attribution.EXACT);
            if (requestId == 0 && !query.shape().control()) {
                // told of now, but the last word of an app that is killed may be missing
                backgroundShapes.seen(query, true);
            }
            return query.attributed(requestId, how, call.callSite());
        }
        CallSite callSite = call == null ? null : call.callSite();
        InFlight traced = traceId == null ? null : onlyOne(traceId, query, requests);
        if (traced != null) {
            transactions.note(query.transactionId(), traced.id, Attribution.EXACT);
            return query.attributed(traced.id, Attribution.EXACT, callSite);
        }
        TransactionOwners.Owner owner = transactions.of(query.transactionId());
        if (owner != null && owner.how() == Attribution.EXACT) {
            Attribution how = owner.requestId() == 0 ? Attribution.BACKGROUND : Attribution.EXACT;
            return query.attributed(owner.requestId(), how, callSite);
        }
        if (call == null) {
            return null;
        }
        Query judged = judged(query, setsUp, requests);
        boolean amongRequests = judged.attribution().namesRequest() || judged.attribution() == Attribution.UNATTRIBUTED;
        if (amongRequests && !query.shape().control()) {
            meter.toldOfNoRequest();
        }
        return judged.attributed(judged.requestId(), judged.attribution(), callSite);
    }

    /**
     * Whether instrumentation would have told which request a call was for. Where it saw none begin it may not know the
     * app's server; if it does, then the app is still starting while none of those that wait for it is over.
     */
    private boolean tellsOfRequests(Query query, InFlightRequests requests) {
        if (requestTold || !serverKnown) {
            return requestTold;
        }
        for (InFlight request : requests) {
            if (request.endNanos() != 0 && request.overlaps(query.startNanos(), query.endNanos())) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether in-app instrumentation, which hands over in batches, may still tell of the query: not where it never told
     * of any call, nor on a connection that it does not know, once that was seen of many statements.
     */
    boolean mayBeTold(Query query) {
        if (!calls.any()) {
            return !connections.longUntold();
        }
        return !connections.longUntold(query.connectionId())
                || calls.tellsOf(connections.backendPid(query.connectionId()));
    }

    /** Whether waiting may still bring certainty: its call may still be told, or its transaction's owner. */
    boolean worthWaiting(Query query, boolean setsUp) {
        return calls.any()
                && mayBeTold(query)
                && (query.transactionId() != 0
                        || !setsUp && calls.mayTell(connections.backendPid(query.connectionId()), query.endNanos()));
    }

    /** The time to wait for what may be told of a query is over. */
    void waitedInVain(Query query) {
        calls.gaveUp(connections.backendPid(query.connectionId()));
    }

    /** What can be said without being told. */
    Query judged(Query query, boolean setsUp, InFlightRequests requests) {
        if (setsUp) {
            return query.attributed(0, Attribution.SET_UP, null);
        }
        if (requests.isEmpty()) {
            return outsideRequests(query);
        }
        // where the app was gone, its requests were too, a moment before or after: what can be said is said of the
        // start
        long end = query.outcomeUnknown() ? query.startNanos() : query.endNanos();
        InFlight only = null;
        boolean streamOpen = false;
        for (InFlight request : requests) {
            streamOpen |= request.streamsAt(query.startNanos());
            if (request.overlaps(query.startNanos(), end)) {
                if (only != null) {
                    transactions.note(query.transactionId(), 0, Attribution.UNATTRIBUTED);
                    return query.attributed(0, Attribution.UNATTRIBUTED, null);
                }
                only = request;
            }
        }
        return only == null ? outsideRequests(query) : withOneInFlight(query, end, only, streamOpen);
    }

    private Query outsideRequests(Query query) {
        TransactionOwners.Owner owner = transactions.of(query.transactionId());
        if (query.shape().control() && owner != null && owner.how() == Attribution.LIKELY_ALONE) {
            // the COMMIT that an app sends once its response is out
            return query.attributed(owner.requestId(), Attribution.LIKELY_ALONE, null);
        }
        transactions.note(query.transactionId(), 0, Attribution.BACKGROUND);
        if (!query.shape().control()) {
            boolean afterStart = requestsSeen && query.endNanos() - firstRequestNanos > 0;
            backgroundShapes.seen(query, afterStart);
            if (afterStart) {
                connections.background(query);
            }
        }
        return query.attributed(0, Attribution.BACKGROUND, null);
    }

    private Query withOneInFlight(Query query, long end, InFlight request, boolean streamOpen) {
        boolean nothingElse = request.covers(query.startNanos(), end)
                && !transactions.foreign(query.transactionId(), request.id)
                && !connections.backgroundLately(query.connectionId(), request.startNanos)
                && !backgroundShapes.has(query, streamOpen)
                && !(blind && query.startNanos() < blindUntilNanos);
        if (!nothingElse) {
            transactions.note(query.transactionId(), 0, Attribution.UNATTRIBUTED);
            return query.attributed(0, Attribution.UNATTRIBUTED, null);
        }
        transactions.note(query.transactionId(), request.id, Attribution.LIKELY_ALONE);
        return query.attributed(request.id, Attribution.LIKELY_ALONE, null);
    }

    private static @Nullable InFlight onlyOne(String traceId, Query query, InFlightRequests requests) {
        InFlight found = null;
        for (InFlight request : requests) {
            if (traceId.equals(request.traceId) && request.overlaps(query.startNanos(), query.endNanos())) {
                if (found != null) {
                    return null;
                }
                found = request;
            }
        }
        return found;
    }
}
