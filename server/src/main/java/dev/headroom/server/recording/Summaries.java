package dev.headroom.server.recording;

import dev.headroom.core.trace.FoldedQueries;
import java.util.List;

/** Takes what each request ran, without its single executions. */
@FunctionalInterface
public interface Summaries {
    /**
     * One request.
     *
     * @param operation method and route
     * @param byShape its statements, counted by shape
     */
    void request(String operation, List<FoldedQueries> byShape);
}
