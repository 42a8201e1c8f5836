package dev.headroom.proxy.http;

import dev.headroom.core.capture.CaptureEvent;
import dev.headroom.core.trace.Digests;
import dev.headroom.core.trace.Event;
import dev.headroom.core.trace.Outcome;
import dev.headroom.core.trace.Request;
import dev.headroom.core.trace.ResponseValues;
import dev.headroom.proxy.http.values.ResponseReading;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One request and its response on their way: what is known so far, and what is stated of it. */
final class Exchange implements BodyTap {
    private static final long LONGEST_QUEUE_MILLIS = TimeUnit.HOURS.toMillis(1);
    private static final ResponseValues SHOWS_NOTHING = new ResponseValues(Digests.NONE, true, true);

    private final ProxyScope scope;
    final Destination to;
    private @Nullable ResponseReading reading;
    final long id;
    final RequestHead request;
    final BodyFraming requestBody;

    @Nullable
    ResponseHead response;

    private long startNanos;
    private long queueNanos = -1;
    private int inFlight;
    private boolean counted;
    private CaptureEvent.@Nullable RequestStarted started;
    private boolean appAwaited;
    private boolean finished;
    private long cutNanos;
    private Outcome cut = Outcome.CLIENT_GONE;

    /** When it was last seen that nothing of the body was awaited from the client. */
    long bodyNotAwaitedNanos;

    /** When the request's last byte was read from the client; 0 before. */
    long requestDoneNanos;

    long sentNanos;
    long firstByteNanos;
    long lastByteNanos;
    long bytesIn;
    long bytesOut;
    boolean retried;
    boolean responseDone;
    boolean upgraded;
    boolean streaming;
    boolean timeoutStated;

    Exchange(ProxyScope scope, Destination to, RequestHead request, long arrivedNanos) {
        this.scope = scope;
        this.to = to;
        id = to.nextId();
        this.request = request;
        requestBody = request.body();
        startNanos = arrivedNanos;
        bodyNotAwaitedNanos = arrivedNanos;
        if (request.queuedSinceMillis() > 0) {
            long millis = System.currentTimeMillis() - request.queuedSinceMillis();
            // a router gives up long before an hour: what says more is no time that anybody queued
            queueNanos = millis > LONGEST_QUEUE_MILLIS ? -1 : TimeUnit.MILLISECONDS.toNanos(Math.max(0, millis));
        }
    }

    boolean requestDone() {
        return requestBody.complete();
    }

    /** Its turn has come: it may go to the app, as soon as the app takes it. */
    void pass() {
        if (to.gate.singly()) {
            // the wait for other requests is of our making: it counts as queueing, not as the app's time
            queuedUntilNow();
        }
        counted = true;
        inFlight = to.arrived();
        to.sink.meter().request();
    }

    /** The app does not listen yet. */
    void appAwaited() {
        appAwaited = true;
    }

    /** States that it is in flight from now on; to be called before any of its bytes reach the app. */
    void begin() {
        if (started != null) {
            return;
        }
        if (appAwaited) {
            // what the app does while it starts is not done for this request
            queuedUntilNow();
        }
        start();
    }

    private CaptureEvent.RequestStarted start() {
        CaptureEvent.RequestStarted start = new CaptureEvent.RequestStarted(id, startNanos, request.traceId());
        started = start;
        to.sink.offer(start);
        return start;
    }

    private void queuedUntilNow() {
        long now = System.nanoTime();
        queueNanos = Math.max(0, queueNanos) + now - startNanos;
        startNanos = now;
    }

    /** The response begins: its head is known. */
    void respond(ResponseHead head) {
        response = head;
        upgraded = head.status() == 101;
        if (upgraded || head.eventStream()) {
            stream();
        } else if (to.values != null && !head.body().complete()) {
            reading = to.values.begin(
                    head.contentType().name(),
                    head.contentType().charset(),
                    head.contentEncoding(),
                    to.sink.overloaded());
        }
    }

    @Override
    public void content(ByteBuffer in, int from, int end) {
        if (reading != null) {
            reading.content(in, from, end);
        }
    }

    /** States that it no longer counts as in flight: another protocol or a stream of events took over. */
    void stream() {
        streaming = true;
        to.sink.offer(new CaptureEvent.RequestStreaming(id, System.nanoTime()));
        uncount();
    }

    /**
     * The client will not get the whole response; the app may go on for a while. Only the first call counts.
     *
     * @param why {@code CLIENT_GONE} or {@code TIMED_OUT}
     */
    void cut(Outcome why) {
        if (cutNanos == 0) {
            cutNanos = System.nanoTime();
            cut = why;
        }
    }

    /** When the client was cut off; 0 where it was not. */
    long cutNanos() {
        return cutNanos;
    }

    /** Whether the client keeps back more of the body than it should, seen at {@code now}. */
    boolean bodyStalls(boolean awaited, long limitNanos, long now) {
        if (!awaited) {
            bodyNotAwaitedNanos = now;
        }
        long since = lastByteNanos - bodyNotAwaitedNanos > 0 ? lastByteNanos : bodyNotAwaitedNanos;
        return now - since > limitNanos;
    }

    /** Whether the client may hold the body back because the app has not answered its {@code Expect: 100-continue}. */
    boolean continueAwaited() {
        return request.expectsContinue() && lastByteNanos == 0;
    }

    /** Whether the client's end so soon after its request means that it only has no more to say. */
    boolean onlyHalfClosed(long endNanos) {
        return requestDoneNanos != 0 && endNanos - requestDoneNanos < scope.halfCloseNanos;
    }

    /** Method and route. */
    String operation() {
        return request.method() + " " + request.target().route(to.routes);
    }

    /** States how it ended, at {@code now}. Only the first call counts. */
    void finish(Outcome outcome, long now) {
        if (finished) {
            return;
        }
        finished = true;
        if (inFlight == 0) {
            to.sink.meter().request();
        }
        CaptureEvent.RequestStarted start = started == null ? start() : started;
        boolean isCut = cutNanos != 0;
        long end = isCut ? Math.max(cutNanos, startNanos) : now;
        Request facts = new Request(
                id,
                request.method(),
                request.target().path(),
                request.target().route(to.routes),
                response == null ? 0 : response.status(),
                startNanos,
                queueNanos,
                sentNanos,
                firstByteNanos,
                end,
                Math.max(end, now),
                bytesIn,
                bytesOut,
                inFlight,
                streaming && !upgraded,
                isCut ? cut : outcome);
        if (reading == null) {
            ResponseValues shown = bodyIsEmpty() ? SHOWS_NOTHING : ResponseValues.UNREAD;
            CaptureEvent.RequestFinished over = new CaptureEvent.RequestFinished(facts, shown);
            if (!start.endsWith(over)) {
                to.sink.offer(over);
            }
        } else {
            // reading may take longer than the next request's first statements
            to.sink.offer(new CaptureEvent.RequestOver(id, facts.workEndNanos()));
            reading.end(
                    facts.outcome() == Outcome.COMPLETED,
                    values -> to.sink.offer(new CaptureEvent.RequestFinished(facts, values)));
        }
        if (isCut && !streaming && sentNanos != 0 && now - end > scope.unnotedWorkNanos) {
            to.happened(
                    Event.Kind.WORK_AFTER_CLIENT_GONE,
                    id,
                    (cut == Outcome.TIMED_OUT ? "ended as by a router after " : "the client had gone after ")
                            + TimeUnit.NANOSECONDS.toMillis(end - startNanos)
                            + " ms, the app went on for " + TimeUnit.NANOSECONDS.toMillis(now - end) + " ms more");
        }
        uncount();
    }

    /** Whether there was a response and it is known that it showed nothing. */
    private boolean bodyIsEmpty() {
        ResponseHead head = response;
        return head != null
                && bytesOut == 0
                && head.body().complete()
                && head.status() != 304
                && !upgraded
                && !request.method().equals("HEAD");
    }

    private void uncount() {
        if (counted) {
            counted = false;
            to.departed();
            to.gate.leave();
        }
    }
}
