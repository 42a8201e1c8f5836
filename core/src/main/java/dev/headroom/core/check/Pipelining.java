package dev.headroom.core.check;

import dev.headroom.core.trace.Query;
import java.util.List;

/** Tells statements that were sent without waiting for the answers before from those that a loop sent. */
final class Pipelining {
    private Pipelining() {}

    /**
     * Whether most of {@code queries}, in order of start, were sent on one connection before it had answered the one
     * before: in one message, or in a pipeline. They are a batch, and cost no round trip each.
     */
    static boolean isBatch(List<Query> queries) {
        int together = 0;
        for (int i = 1; i < queries.size(); i++) {
            Query before = queries.get(i - 1);
            Query query = queries.get(i);
            // whoever waits for an answer needs time to read it before sending the next
            together +=
                    query.connectionId() == before.connectionId() && query.startNanos() <= before.endNanos() ? 1 : 0;
        }
        return together * 2 > queries.size();
    }
}
