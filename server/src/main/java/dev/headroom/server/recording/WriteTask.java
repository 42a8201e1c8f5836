package dev.headroom.server.recording;

import dev.headroom.core.trace.RequestTrace;
import dev.headroom.core.trace.ResponseValues;
import java.util.List;
import java.util.function.Consumer;

/**
 * One thing to write, and what is lost where it cannot be.
 *
 * @param requests how many requests it stands for
 * @param queries how many executions it stands for
 * @param write writes it
 */
record WriteTask(long requests, long queries, Consumer<RecordingStore> write) {

    /** The same request with its executions folded by shape. */
    static RequestTrace withoutDetail(RequestTrace trace) {
        return new RequestTrace(
                trace.request(), List.of(), RequestCosts.of(trace).byShape(), ResponseValues.UNREAD);
    }
}
