package dev.headroom.server.recording;

import dev.headroom.core.trace.RequestTrace;
import dev.headroom.core.trace.ResponseValues;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One thing to write, and what is lost where it cannot be.
 *
 * @param requests how many requests it stands for
 * @param queries how many executions it stands for
 * @param write writes it
 * @param open what may still grow before it is written; null where all is there
 */
record WriteTask(
        long requests,
        long queries,
        Consumer<RecordingStore> write,
        @Nullable RequestBlock open) {
    WriteTask(long requests, long queries, Consumer<RecordingStore> write) {
        this(requests, queries, write, null);
    }

    /** Requests without statements, to be taken when they are written. */
    static WriteTask of(RequestBlock open) {
        return new WriteTask(0, 0, store -> store.requests(open.take()), open);
    }

    /** The same with all that is in it now, and that nothing more goes into. */
    static WriteTask taken(RequestBlock open) {
        RequestBlock whole = open.take();
        return new WriteTask(whole.size(), 0, store -> store.requests(whole));
    }

    /** The same request with its executions folded by shape. */
    static RequestTrace withoutDetail(RequestTrace trace) {
        return new RequestTrace(
                trace.request(), List.of(), RequestCosts.of(trace).byShape(), ResponseValues.UNREAD);
    }
}
