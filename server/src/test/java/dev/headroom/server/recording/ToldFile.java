package dev.headroom.server.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.function.Consumer;

/** A whole recording of what a test tells, and its tables. */
final class ToldFile {
    private ToldFile() {}

    static Path record(Path folder, Consumer<RecordingWriter> telling) {
        Path file = folder.resolve("test.headroom");
        RecordingWriter writer = RecordingWriter.create(file, Lossless.SETTINGS);
        try (writer) {
            telling.accept(writer);
        }
        assertThat(writer.status().complete()).isTrue();
        return file;
    }

    static long number(Path file, String sql) throws SQLException {
        try (Database database = Database.open(file, "mode=ro")) {
            return database.number(sql);
        }
    }

    static void change(Path file, String sql) throws SQLException {
        try (Database database = Database.open(file, "mode=rw")) {
            database.execute(sql);
        }
    }
}
