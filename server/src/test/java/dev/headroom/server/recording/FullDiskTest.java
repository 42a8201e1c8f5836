package dev.headroom.server.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.core.trace.RequestTrace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FullDiskTest {
    @TempDir
    Path folder;

    /** SQLite says "full" in the same way when its file reaches max_page_count as when the disk has no block left. */
    @Test
    void whatCannotBeWrittenIsCountedAndWritingGoesOnOnceThereIsRoom() throws Exception {
        Path file = folder.resolve("full.headroom");
        RecordingStore store = new RecordingStore(file, 256 << 20);
        store.database().execute("PRAGMA max_page_count = 40");
        HandOver<WriteTask> queue = new HandOver<>(1 << 20);
        WriteLoop loop = new WriteLoop(queue, store, Reserve.beside(file), Duration.ofMillis(10));
        Thread writing = new Thread(loop);
        writing.start();
        GeneratedTraces traces = new GeneratedTraces(1);
        long[] told = new long[1];

        tellUntil(() -> loop.status(file).trouble() != null, queue, traces, told);
        assertThat(loop.status(file).trouble()).contains("full");
        tellUntil(() -> loop.status(file).lostRequests() > 0, queue, traces, told);
        store.database().execute("PRAGMA max_page_count = 100000");
        tellUntil(() -> loop.status(file).trouble() == null, queue, traces, told);
        queue.close();
        writing.join();

        RecordingStatus status = loop.status(file);
        assertThat(status.failure()).as("the reason is kept to the end").contains("full");
        Told replayed = new Told();
        try (RecordingReader reader = RecordingReader.open(file)) {
            reader.replay(replayed);
            assertThat(reader.status().lostRequests()).isEqualTo(status.lostRequests());
        }
        assertThat(replayed.requests).hasSize((int) (told[0] - status.lostRequests()));
        assertThat(replayed.counters.get(0).droppedRequests()).isEqualTo(status.lostRequests());
        assertThat(replayed.counters.get(0).droppedQueries()).isEqualTo(status.lostQueries());
    }

    private static void tellUntil(
            BooleanSupplier done, HandOver<WriteTask> queue, GeneratedTraces traces, long[] told) {
        while (!done.getAsBoolean()) {
            RequestTrace trace = traces.request();
            if (queue.offer(new WriteTask(1, trace.queries().size(), store -> store.request(trace)), 100, 1_000)) {
                told[0]++;
            }
        }
    }
}
