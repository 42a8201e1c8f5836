package dev.headroom.server.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headroom.core.HeadroomException;
import dev.headroom.core.trace.DatabaseFacts;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseFactsJsonTest {
    private static final DatabaseFacts FACTS = new DatabaseFacts(
            List.of(new DatabaseFacts.Table("odd\t\"name\"\n", -1), new DatabaseFacts.Table("b", 1L << 40)),
            List.of(new DatabaseFacts.Column("b", "c", 0.39, 12.5, 30_000)),
            List.of(new DatabaseFacts.ForeignKey("b", "c", "d", "e")));

    @Test
    void aRecordingKeepsWhatTheDatabaseKnows(@TempDir Path folder) {
        Path file = folder.resolve("a.headroom");
        try (RecordingWriter writer = RecordingWriter.create(file, RecordingSettings.defaults())) {
            writer.database(FACTS);
        }
        Told told = new Told();
        try (RecordingReader reader = RecordingReader.open(file)) {
            reader.replay(told);
        }
        assertThat(told.others).containsExactly(FACTS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{\"tables\": [[1, 2]]}",
                "{\"columns\": [[\"a\", \"b\", 7, 1, 1]]}",
                "{\"foreignKeys\": [[\"a\"]]}",
                "{\"tables\": [3]}",
                "{"
            })
    void aDamagedOneIsRefusedClearly(String text) {
        assertThatThrownBy(() -> DatabaseFactsJson.read(text))
                .isInstanceOf(HeadroomException.class)
                .hasMessageContaining("damaged");
    }
}
