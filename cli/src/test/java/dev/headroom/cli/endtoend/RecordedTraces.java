package dev.headroom.cli.endtoend;

import dev.headroom.core.trace.Query;
import dev.headroom.core.trace.RequestTrace;
import dev.headroom.core.trace.TraceSink;
import dev.headroom.server.recording.RecordingReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The requests of a recording, and the queries outside of any, in their order. */
final class RecordedTraces {
    private RecordedTraces() {}

    static List<RequestTrace> of(Path recording) {
        List<RequestTrace> traces = new ArrayList<>();
        replay(recording, new TraceSink() {
            @Override
            public void request(RequestTrace trace) {
                traces.add(trace);
            }
        });
        return traces;
    }

    static List<Query> outside(Path recording) {
        List<Query> queries = new ArrayList<>();
        replay(recording, new TraceSink() {
            @Override
            public void outside(Query query) {
                queries.add(query);
            }
        });
        return queries;
    }

    private static void replay(Path recording, TraceSink sink) {
        try (RecordingReader reader = RecordingReader.open(recording)) {
            reader.replay(sink);
        }
    }
}
