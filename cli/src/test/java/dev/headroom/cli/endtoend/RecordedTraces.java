package dev.headroom.cli.endtoend;

import dev.headroom.core.trace.RequestTrace;
import dev.headroom.core.trace.TraceSink;
import dev.headroom.server.recording.RecordingReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The requests of a recording, in their order. */
final class RecordedTraces {
    private RecordedTraces() {}

    static List<RequestTrace> of(Path recording) {
        List<RequestTrace> traces = new ArrayList<>();
        try (RecordingReader reader = RecordingReader.open(recording)) {
            reader.replay(new TraceSink() {
                @Override
                public void request(RequestTrace trace) {
                    traces.add(trace);
                }
            });
        }
        return traces;
    }
}
