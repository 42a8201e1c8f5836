package dev.headroom.server.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headroom.core.HeadroomException;
import dev.headroom.core.trace.OrmFacts;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrmFactsJsonTest {
    private static final OrmFacts FACTS = new OrmFacts(
            List.of(new OrmFacts.Table(
                    "clinic\t\"x\"",
                    "Clinic",
                    "clinic.models",
                    List.of(
                            new OrmFacts.Column("region_id", "region", "Region"),
                            new OrmFacts.Column("directions", "how_to_find", null)))),
            List.of(new OrmFacts.Database("default", -1, true, null), new OrmFacts.Database("b", 60, false, "s.py")));

    @Test
    void aRecordingKeepsWhatTheOrmCallsThings(@TempDir Path folder) {
        Path file = folder.resolve("a.headroom");
        try (RecordingWriter writer = RecordingWriter.create(file, RecordingSettings.defaults())) {
            writer.orm(FACTS);
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
                "{}",
                "{\"tables\": [[1, 2]], \"databases\": []}",
                "{\"tables\": [], \"databases\": [[\"a\", \"b\", 7]]}",
                "{\"tables\": [3], \"databases\": []}",
                "{"
            })
    void aDamagedOneIsRefusedClearly(String text) {
        assertThatThrownBy(() -> OrmFactsJson.read(text))
                .isInstanceOf(HeadroomException.class)
                .hasMessageContaining("damaged");
    }
}
