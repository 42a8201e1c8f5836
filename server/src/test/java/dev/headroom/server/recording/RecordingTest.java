package dev.headroom.server.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headroom.core.HeadroomException;
import dev.headroom.core.trace.Connection;
import dev.headroom.core.trace.TraceSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordingTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void givesBackEveryRecordThatItWasTold(long seed) {
        Told live = new Told();
        new GeneratedTraces(seed).tell(live, 500);
        Path file = write(sink -> new GeneratedTraces(seed).tell(sink, 500));

        Told replayed = replay(file);

        assertThat(replayed.runs).containsExactly(GeneratedTraces.RUN);
        assertThat(replayed.requests)
                .isEqualTo(live.requests.stream().map(Told::kept).toList());
        assertThat(replayed.outside)
                .isEqualTo(live.outside.stream().map(Told::kept).toList());
        assertThat(replayed.others).isEqualTo(live.others);
        assertThat(replayed.counters).containsExactly(GeneratedTraces.counters(9));
    }

    @Test
    void leavesOneFileForItsOwnerAlone() throws IOException {
        Path file = write(sink -> new GeneratedTraces(1).tell(sink, 100));

        assertThat(files()).containsExactly(file.getFileName().toString());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        replay(file);
        assertThat(files()).containsExactly(file.getFileName().toString());
    }

    @Test
    void canBeReadWhileItIsWritten() throws Exception {
        Path file = folder.resolve("live.headroom");
        GeneratedTraces traces = new GeneratedTraces(1);
        try (RecordingWriter writer = RecordingWriter.create(file, RecordingSettings.defaults())) {
            writer.run(GeneratedTraces.RUN);
            try (RecordingReader reader = RecordingReader.open(file)) {
                assertThat(reader.finished()).isFalse();
                for (int i = 1; i <= 3; i++) {
                    writer.request(traces.request());
                    awaitRequests(reader, i);
                }
                assertThat(reader.run()).isEqualTo(GeneratedTraces.RUN);
            }
        }
        try (RecordingReader reader = RecordingReader.open(file)) {
            assertThat(reader.finished()).isTrue();
        }
    }

    private static void awaitRequests(RecordingReader reader, int count) {
        long deadline = System.nanoTime() + 60_000_000_000L;
        Told told;
        do {
            Thread.onSpinWait();
            told = new Told();
            reader.replay(told);
        } while (told.requests.size() < count && System.nanoTime() < deadline);
        assertThat(told.requests).hasSize(count);
    }

    @Test
    void readsFromAFolderThatCannotBeWrittenTo() throws IOException {
        Path file = write(sink -> new GeneratedTraces(1).tell(sink, 100));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-x------"));
        try {
            assertThat(replay(file).requests).isNotEmpty();
        } finally {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void staysBelowItsCapAndSaysWhatItGaveUp() throws IOException {
        Path file = folder.resolve("capped.headroom");
        long cap = 2 << 20;
        int requests = 6_000;
        RecordingStatus status;
        RecordingWriter writer = RecordingWriter.create(file, Lossless.SETTINGS.withMaxBytes(cap));
        try (writer) {
            GeneratedTraces traces = new GeneratedTraces(3);
            for (int i = 0; i < requests; i++) {
                writer.request(traces.request());
            }
        }
        status = writer.status();

        assertThat(Files.size(file)).isLessThan(cap + (1 << 20));
        assertThat(status.lostRequests()).isZero();
        assertThat(status.rotatedDetails()).isPositive();
        assertThat(status.complete()).isFalse();
        Told told = replay(file);
        assertThat(told.requests).hasSize((int) (requests - status.rotatedRequests()));
        assertThat(told.others.toString()).contains("RECORDING").contains("size cap");
        Told live = new Told();
        GeneratedTraces again = new GeneratedTraces(3);
        for (int i = 0; i < requests; i++) {
            live.request(again.request());
        }
        for (int i = 0; i < told.requests.size(); i++) {
            var original = live.requests.get(live.requests.size() - told.requests.size() + i);
            assertThat(told.requests.get(i).statements()).isEqualTo(original.statements());
        }
    }

    @Test
    void refusesToReplaceWhatIsThere() throws IOException {
        Path file = Files.writeString(folder.resolve("there.headroom"), "precious");

        assertThatThrownBy(() -> RecordingWriter.create(file, RecordingSettings.defaults()))
                .isInstanceOf(HeadroomException.class)
                .hasMessageContaining("exists already");
        assertThat(file).hasContent("precious");
    }

    @Test
    void saysWhyItCannotBeCreated() {
        Path file = folder.resolve("missing/there.headroom");

        assertThatThrownBy(() -> RecordingWriter.create(file, RecordingSettings.defaults()))
                .isInstanceOf(HeadroomException.class)
                .hasMessageContaining("could not be created");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a?b.headroom", "a b%20#&=ü.headroom", "it's.headroom"})
    void takesAnyFileName(String name) {
        Path file = folder.resolve(name);
        try (RecordingWriter writer = RecordingWriter.create(file, RecordingSettings.defaults())) {
            writer.run(GeneratedTraces.RUN);
        }
        assertThat(replay(file).runs).hasSize(1);
        assertThat(file).isNotEmptyFile();
    }

    @Test
    void connectionsMakeRoomForEachOtherAndNotOnlyRequestsForThem() throws IOException {
        Path file = folder.resolve("connections.headroom");
        long cap = 1 << 20;
        RecordingWriter writer =
                RecordingWriter.create(file, RecordingSettings.defaults().withMaxBytes(cap));
        GeneratedTraces traces = new GeneratedTraces(4);
        int connections = 80_000;
        try (writer) {
            for (int id = 1; id <= connections; id++) {
                writer.connection(new Connection(id, id, 1L << 40, 1L << 41, 1L << 42));
            }
            writer.request(traces.request());
        }
        assertThat(Files.size(file)).isLessThan(cap + (1 << 20));
        Told told = replay(file);
        assertThat(told.requests).hasSize((int) (1 - writer.status().lostRequests()));
        assertThat(told.others.size()).isBetween(1, connections - 1);
    }

    @Test
    void aPartTellsOfConnectionsThatOpenOrCloseInIt() {
        Connection opened = new Connection(1, 7, 100, 110, 0);
        Connection closed = new Connection(1, 7, 100, 110, 500);
        Connection before = new Connection(2, 8, 100, 110, 200);
        Path file = write(writer -> {
            writer.connection(opened);
            writer.connection(before);
            writer.connection(closed);
        });
        try (RecordingReader reader = RecordingReader.open(file)) {
            Told part = new Told();
            reader.between(part, 0, 300, 600, () -> true);
            assertThat(part.others).containsExactly(closed);
        }
    }

    private interface Script {
        void tell(TraceSink sink);
    }

    private Path write(Script script) {
        Path file = folder.resolve("test.headroom");
        RecordingWriter writer = RecordingWriter.create(file, Lossless.SETTINGS);
        try (writer) {
            writer.run(GeneratedTraces.RUN);
            script.tell(writer);
            writer.counters(GeneratedTraces.counters(5));
            writer.counters(GeneratedTraces.counters(9));
        }
        assertThat(writer.status().complete()).isTrue();
        assertThat(writer.status().trouble()).isNull();
        return file;
    }

    private static Told replay(Path file) {
        Told told = new Told();
        try (RecordingReader reader = RecordingReader.open(file)) {
            reader.replay(told);
        }
        return told;
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(each -> each.getFileName().toString()).toList();
        }
    }
}
