package dev.headroom.core.capture;

import dev.headroom.core.trace.Query;
import dev.headroom.core.trace.RequestTrace;
import dev.headroom.core.trace.TraceSink;
import java.util.ArrayList;
import java.util.List;

/** Keeps what it is handed. */
final class CollectedTraces implements TraceSink {
    final List<RequestTrace> requests = new ArrayList<>();
    final List<Query> outside = new ArrayList<>();

    @Override
    public void request(RequestTrace trace) {
        requests.add(trace);
    }

    @Override
    public void outside(Query query) {
        outside.add(query);
    }
}
