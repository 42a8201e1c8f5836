package dev.headroom.server.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headroom.core.HeadroomException;
import dev.headroom.core.trace.JvmSample;
import dev.headroom.core.trace.MemorySample;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Recordings of others are untrusted input. */
@Timeout(120)
class DamagedRecordingTest {
    @TempDir
    Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void record() {
        file = folder.resolve("test.headroom");
        try (RecordingWriter writer = RecordingWriter.create(file, Lossless.SETTINGS)) {
            writer.run(GeneratedTraces.RUN);
            new GeneratedTraces(1).tell(writer, 300);
            writer.counters(GeneratedTraces.counters(1));
        }
    }

    @Test
    void aFileThatIsNoRecordingIsCalledSo() throws IOException {
        Path other = Files.writeString(folder.resolve("other"), "hello");
        assertThatThrownBy(() -> RecordingReader.open(other))
                .isInstanceOf(HeadroomException.class)
                .hasMessage(other + " is not a Headroom recording.");
    }

    @Test
    void aMissingFileIsCalledSo() {
        Path missing = folder.resolve("missing");
        assertThatThrownBy(() -> RecordingReader.open(missing))
                .isInstanceOf(HeadroomException.class)
                .hasMessageContaining("no recording");
        assertThat(missing).doesNotExist();
    }

    @Test
    void aRecordingOfANewerHeadroomIsCalledSo() throws Exception {
        change("PRAGMA user_version = 99");
        assertThatThrownBy(() -> RecordingReader.open(file))
                .isInstanceOf(HeadroomException.class)
                .hasMessageContaining("format 99")
                .hasMessageContaining("newer Headroom");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TRIGGER t AFTER INSERT ON meta BEGIN DELETE FROM meta; END",
                "CREATE VIEW v AS SELECT 1",
                "ALTER TABLE detail ADD COLUMN more",
                "ALTER TABLE jvm_sample ADD COLUMN more",
                "CREATE TABLE jvm_sample_2 (seq INTEGER PRIMARY KEY)",
                "CREATE INDEX more ON event (abs(nanos))",
                "CREATE VIRTUAL TABLE more USING fts5(text)",
                "DROP TABLE sample"
            })
    void otherTablesThanOursAreRefused(String sql) throws Exception {
        change(sql);
        assertThatThrownBy(() -> RecordingReader.open(file))
                .isInstanceOf(HeadroomException.class)
                .hasMessageContaining("tables");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE VIEW sample AS WITH RECURSIVE endless(seq) AS (SELECT 1 UNION ALL SELECT seq + 1 FROM endless)"
                        + " SELECT seq, seq AS nanos FROM endless",
                "CREATE TABLE sample (seq INTEGER PRIMARY KEY, nanos INTEGER AS (abs(-9223372036854775808)))",
                "CREATE TABLE sample (seq INTEGER PRIMARY KEY, nanos INTEGER CHECK (length(zeroblob(1000000000)) > 0))",
                "CREATE VIRTUAL TABLE sample USING fts5(nanos)"
            })
    void whatStandsInThePlaceOfATableIsNotRead(String sql) throws Exception {
        change("DROP TABLE sample");
        change(sql);
        byte[] whole = Files.readAllBytes(file);
        assertThatThrownBy(() -> RecordingReader.open(file))
                .isInstanceOf(HeadroomException.class)
                .hasMessageContaining("is damaged: its tables are not those of format");
        assertThat(file).hasBinaryContent(whole);
    }

    @Test
    void aViewBehindManyEntriesOfAnotherKindIsRefusedToo() throws Exception {
        try (Database database = Database.open(file, "mode=rw")) {
            database.execute("PRAGMA writable_schema = ON");
            for (int i = 0; i < 200; i++) {
                database.execute(
                        "INSERT INTO sqlite_master SELECT type, name, tbl_name, rootpage, sql FROM sqlite_master"
                                + " WHERE name = 'request_id' LIMIT 1");
            }
            database.execute("INSERT INTO sqlite_master VALUES ('view', 'v', 'v', 0, 'CREATE VIEW v AS SELECT 1')");
        }
        assertThatThrownBy(() -> RecordingReader.open(file))
                .isInstanceOf(HeadroomException.class)
                .hasMessageContaining("damaged");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE detail SET body = zeroblob(100)",
                "UPDATE detail SET body = x'01ffffffffffffffff7f00'",
                "UPDATE detail SET body = x'0000'",
                "UPDATE detail SET body = 'text'",
                "UPDATE request SET outcome = 'WON'",
                "UPDATE request SET end = -1",
                "UPDATE request SET id = 0",
                "UPDATE request SET status = 1e300",
                "UPDATE shape SET kind = x'00'",
                "UPDATE outside_block SET body = randomblob(1000)",
                "DELETE FROM shape",
                "DELETE FROM call_site",
                "UPDATE result_columns SET body = x'ffffffffff7f'"
            })
    void impossibleContentIsRefused(String sql) throws Exception {
        change(sql);
        assertThatThrownBy(this::readAll).isInstanceOf(HeadroomException.class).hasMessageContaining("damaged");
    }

    @Test
    void impossibleFiguresOfAJvmAreUnknown() throws Exception {
        change("UPDATE jvm_sample SET young = -5, old = 9e18, committed = 'text', max = x'00', threads = NULL");
        Told told = new Told();
        try (RecordingReader reader = RecordingReader.open(file)) {
            reader.replay(told);
        }

        assertThat(told.others.stream()
                        .filter(JvmSample.class::isInstance)
                        .map(JvmSample.class::cast)
                        .toList())
                .isNotEmpty()
                .allMatch(each -> each.usedBytes() == MemorySample.MISSING && each.threads() == MemorySample.MISSING);
    }

    @Test
    void aRecordingOfAnOlderHeadroomHasNoJvm() throws Exception {
        Told before = new Told();
        try (RecordingReader reader = RecordingReader.open(file)) {
            reader.replay(before);
        }
        change("DROP TABLE jvm_sample");
        Told older = new Told();
        try (RecordingReader reader = RecordingReader.open(file)) {
            reader.replay(older);
        }

        before.others.removeIf(JvmSample.class::isInstance);
        assertThat(older.others).isEqualTo(before.others);
        assertThat(older.requests).isEqualTo(before.requests);
    }

    @Test
    void aFewBytesCannotClaimMuchMemory() throws Exception {
        change("UPDATE detail SET body = x'01ffff7f0000000000'");
        assertThatThrownBy(this::readAll).isInstanceOf(HeadroomException.class);
    }

    @Test
    void aTruncatedRecordingIsReadOrRefused() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length += 1 + whole.length / 97) {
            Files.write(file, Arrays.copyOf(whole, length));
            readOrRefuse();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void flippedBytesAreReadOrRefused(long seed) throws IOException {
        Random random = new Random(seed);
        byte[] whole = Files.readAllBytes(file);
        for (int i = 0; i < 150; i++) {
            byte[] damaged = whole.clone();
            int flips = 1 + random.nextInt(30);
            for (int flip = 0; flip < flips; flip++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            Files.write(file, damaged);
            readOrRefuse();
            assertThat(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .as("a reader must not write")
                    .isEqualTo(ByteBuffer.wrap(damaged));
        }
    }

    private void readOrRefuse() {
        try {
            readAll();
        } catch (HeadroomException e) {
            assertThat(e).hasMessageMatching("(?s).*(recording|Headroom).*");
        }
    }

    private void readAll() {
        try (RecordingReader reader = RecordingReader.open(file)) {
            reader.run();
            reader.replay(new Told());
        }
    }

    private void change(String sql) throws SQLException {
        try (Database database = Database.open(file, "mode=rw")) {
            database.execute(sql);
        }
    }
}
