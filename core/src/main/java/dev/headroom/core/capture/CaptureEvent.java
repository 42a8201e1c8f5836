package dev.headroom.core.capture;

import dev.headroom.core.trace.CallSite;
import dev.headroom.core.trace.Connection;
import dev.headroom.core.trace.DatabaseFacts;
import dev.headroom.core.trace.Event;
import dev.headroom.core.trace.JvmSample;
import dev.headroom.core.trace.MemorySample;
import dev.headroom.core.trace.OrmFacts;
import dev.headroom.core.trace.Query;
import dev.headroom.core.trace.Request;
import dev.headroom.core.trace.ResponseValues;
import dev.headroom.core.trace.ValueSample;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/** What the proxies, in-app instrumentation and the process sampler state while the app runs. */
public sealed interface CaptureEvent {
    /** When it was stated, on the monotonic clock; 0 for what has no place among requests and queries. */
    default long statedNanos() {
        return 0;
    }

    /**
     * A request arrived; from now on it is in flight. Stated before any of its bytes reach the app. While it waits to be
     * taken its end can be put with it, which spares an event for each request that is shorter than capture's pause.
     * Thread-safe.
     */
    final class RequestStarted implements CaptureEvent {
        private static final Object OPEN = new Object();
        private static final AtomicReferenceFieldUpdater<RequestStarted, @Nullable Object> END =
                AtomicReferenceFieldUpdater.newUpdater(RequestStarted.class, Object.class, "end");

        private final long id;
        private final long nanos;
        private final @Nullable String traceId;

        /** {@link #OPEN} while it waits and an end may be put with it, then that; null before and once it was taken. */
        private volatile @Nullable Object end;

        /**
         * A start.
         *
         * @param id the request's id
         * @param nanos monotonic clock
         * @param traceId the trace id of the client's {@code traceparent}, lower-case hex; null where none came
         */
        public RequestStarted(long id, long nanos, @Nullable String traceId) {
            this.id = id;
            this.nanos = nanos;
            this.traceId = traceId;
        }

        /** The request's id. */
        public long id() {
            return id;
        }

        /** When, on the monotonic clock. */
        public long nanos() {
            return nanos;
        }

        /** The trace id of the client's {@code traceparent}, lower-case hex; null where none came. */
        public @Nullable String traceId() {
            return traceId;
        }

        @Override
        public long statedNanos() {
            return nanos;
        }

        /** States the request's end along with its start; false where that was taken already, or never waited. */
        public boolean endsWith(RequestFinished finished) {
            return END.compareAndSet(this, OPEN, finished);
        }

        /** It waits from now on. */
        void waits() {
            END.lazySet(this, OPEN);
        }

        /** It is taken: its end, where that came by now; no other is put with it any more. */
        @Nullable
        RequestFinished takeEnd() {
            return END.getAndSet(this, null) instanceof RequestFinished finished ? finished : null;
        }
    }

    /** The request became a WebSocket or event stream: it no longer counts as in flight. */
    record RequestStreaming(long id, long nanos) implements CaptureEvent {
        @Override
        public long statedNanos() {
            return nanos;
        }
    }

    /** The request is over and no longer in flight; its facts follow when its response has been read. */
    record RequestOver(long id, long nanos) implements CaptureEvent {
        @Override
        public long statedNanos() {
            return nanos;
        }
    }

    /**
     * The request is over, for its client and (as far as can be seen) in the app.
     *
     * @param request its facts
     * @param response the values that its response showed
     */
    record RequestFinished(Request request, ResponseValues response) implements CaptureEvent {
        @Override
        public long statedNanos() {
            return request.workEndNanos();
        }
    }

    /** A connection to the database is ready for its first query, or was closed ({@code closedNanos} set). */
    record ConnectionChanged(Connection connection) implements CaptureEvent {}

    /**
     * An execution is over. Its attribution is {@code UNATTRIBUTED} until the assembler decides.
     *
     * @param query its facts
     * @param traceId the trace id in a comment that was sent with this very execution; null where none was
     * @param bytes an estimate of what the query keeps alive, made once as it is asked for again and again
     */
    record QueryFinished(Query query, @Nullable String traceId, long bytes) implements CaptureEvent {
        /** An execution and its trace id. */
        public QueryFinished(Query query, @Nullable String traceId) {
            this(query, traceId, CaptureQueue.bytes(query));
        }

        @Override
        public long statedNanos() {
            return query.endNanos();
        }
    }

    /**
     * In-app instrumentation tells of one database call: whatever the proxy saw on that connection between start and
     * end belongs to it.
     *
     * @param backendPid the connection, by its PostgreSQL backend's process id
     * @param startNanos monotonic clock
     * @param endNanos monotonic clock
     * @param requestId the request that it was made for; 0 where instrumentation saw none begin on its thread
     * @param callSite where in the user's code; null where unknown
     */
    record InstrumentedCall(
            int backendPid,
            long startNanos,
            long endNanos,
            long requestId,
            @Nullable CallSite callSite) implements CaptureEvent {}

    /** In-app instrumentation said hello, or found a driver: from now on calls may be told of, and queries are held. */
    record InstrumentationConnected() implements CaptureEvent {}

    /** In-app instrumentation found a server or framework of whose requests it will tell. */
    record InstrumentedServer() implements CaptureEvent {}

    /** In-app instrumentation saw a request begin: the first one, of whatever process. */
    record InstrumentedRequest() implements CaptureEvent {}

    /** In-app instrumentation tells the framework's own name of a request's route. */
    record InstrumentedRoute(long requestId, String route) implements CaptureEvent {}

    /** Something happened. */
    record Happened(Event event) implements CaptureEvent {}

    /** The app's database was asked what it knows of its own tables. */
    record DatabaseDescribed(DatabaseFacts facts) implements CaptureEvent {}

    /** In-app instrumentation tells what the app's ORM calls things. */
    record OrmDescribed(OrmFacts facts) implements CaptureEvent {}

    /** A shape's slowest or latest execution, with its values: only where the user asked for values. */
    record ValuesSampled(ValueSample sample) implements CaptureEvent {}

    /** The process tree was sampled. */
    record Sampled(MemorySample sample) implements CaptureEvent {}

    /** A Java process of the tree was sampled. */
    record JvmSampled(JvmSample sample) implements CaptureEvent {}
}
