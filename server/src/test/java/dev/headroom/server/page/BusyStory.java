package dev.headroom.server.page;

import dev.headroom.core.trace.Attribution;
import dev.headroom.core.trace.FoldedQueries;
import dev.headroom.core.trace.Query;
import dev.headroom.core.trace.RequestTrace;
import dev.headroom.core.trace.TraceSink;
import dev.headroom.server.recording.Lossless;
import dev.headroom.server.recording.RecordingWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The story with what a run also has: statements that failed, some outside of requests, and some only counted. */
final class BusyStory implements TraceSink {
    private final TraceSink sink;
    private long id = 1L << 40;

    private BusyStory(TraceSink sink) {
        this.sink = sink;
    }

    static Path write(Path file, int requests) {
        try (RecordingWriter writer = RecordingWriter.create(file, Lossless.SETTINGS)) {
            StoryRecording.tell(new BusyStory(writer), requests, false);
        }
        return file;
    }

    @Override
    public void request(RequestTrace trace) {
        List<Query> queries = new ArrayList<>(trace.queries());
        List<FoldedQueries> folded = new ArrayList<>();
        Query first = queries.get(0);
        if (trace.request().id() % 7 == 0) {
            queries.add(with(first, trace.request().id(), Attribution.EXACT, "40001"));
        }
        if (trace.request().id() % 11 == 0) {
            folded.add(new FoldedQueries(first.shape(), 3, 900, 3, 90));
        }
        sink.request(new RequestTrace(trace.request(), queries, folded, trace.response()));
        if (trace.request().id() % 2 == 0) {
            sink.outside(with(first, 0, Attribution.BACKGROUND, null));
        }
    }

    private Query with(Query query, long request, Attribution attribution, @Nullable String sqlState) {
        return new Query(
                ++id,
                request,
                attribution,
                query.connectionId(),
                0,
                query.shape(),
                query.callSite(),
                query.startNanos(),
                0,
                query.endNanos() + 5_000,
                1,
                60,
                query.values(),
                true,
                query.columns(),
                sqlState);
    }
}
