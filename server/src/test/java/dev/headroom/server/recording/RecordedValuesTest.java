package dev.headroom.server.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.core.trace.BoundValue;
import dev.headroom.core.trace.QueryShape;
import dev.headroom.core.trace.StatementKind;
import dev.headroom.core.trace.ValueSample;
import dev.headroom.server.page.HtmlReport;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where users' values are in a recording that was asked to hold them, and where not. */
class RecordedValuesTest {
    private static final String MARKER = "value-of-a-user";
    private static final QueryShape SHAPE =
            new QueryShape(77, "SELECT a FROM t WHERE b = ? AND c = ?", StatementKind.SELECT, List.of("t"), false);

    @TempDir
    Path folder;

    @Test
    void valuesAreInTheirOwnTableOnly() throws Exception {
        Path file = write(List.of(sample(ValueSample.Which.SLOWEST, 50), sample(ValueSample.Which.LATEST, 5)));

        assertThat(tablesWith(file)).containsExactly("value_sample");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        Path html = folder.resolve("report.html");
        HtmlReport.write(file, List.of(), html);
        assertThat(html).content().isNotEmpty().doesNotContain(MARKER);
    }

    @Test
    void aLaterSampleTakesThePlaceOfTheOneBefore() throws Exception {
        List<ValueSample> samples = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            samples.add(sample(ValueSample.Which.LATEST, i));
        }
        Path file = write(samples);

        try (Database database = Database.open(file, "mode=ro")) {
            assertThat(database.number("SELECT count(*) FROM value_sample")).isEqualTo(1);
            assertThat(database.number("SELECT nanos FROM value_sample")).isEqualTo(99);
            assertThat(database.number("SELECT count(*) FROM value_sample v JOIN shape s ON s.number = v.shape"
                            + " WHERE s.id = 77"))
                    .isEqualTo(1);
        }
    }

    @Test
    void aRecordingThatWasNotAskedToHasNoTableForThem() throws Exception {
        Path file = write(List.of());

        assertThat(tablesWith(file)).isEmpty();
        try (Database database = Database.open(file, "mode=ro")) {
            assertThat(database.has("value_sample")).isFalse();
        }
    }

    @Test
    void whoLogsASampleLogsNoValue() {
        assertThat(sample(ValueSample.Which.LATEST, 1).toString()).doesNotContain(MARKER);
        assertThat(sample(ValueSample.Which.LATEST, 1).parameters().toString()).doesNotContain(MARKER);
    }

    private Path write(List<ValueSample> samples) {
        Path file = folder.resolve("values.headroom");
        try (RecordingWriter writer = RecordingWriter.create(file, Lossless.SETTINGS)) {
            new GeneratedTraces(1).tell(writer, 50);
            samples.forEach(writer::values);
        }
        Told told = new Told();
        try (RecordingReader reader = RecordingReader.open(file)) {
            reader.replay(told);
        }
        assertThat(told.requests).isNotEmpty();
        return file;
    }

    private static ValueSample sample(ValueSample.Which which, long nanos) {
        return new ValueSample(
                SHAPE,
                "shop",
                which,
                1,
                nanos,
                "SELECT a FROM t WHERE b = '" + MARKER + "' AND c = $1",
                List.of(
                        new BoundValue(25, false, ByteBuffer.wrap(MARKER.getBytes(StandardCharsets.UTF_8))),
                        new BoundValue(23, true, null)));
    }

    private static Set<String> tablesWith(Path file) throws Exception {
        Set<String> found = new TreeSet<>();
        try (Database database = Database.open(file, "mode=ro");
                Statement tables = database.connection().createStatement();
                ResultSet names = tables.executeQuery("SELECT name FROM sqlite_master WHERE type = 'table'")) {
            while (names.next()) {
                if (holdsMarker(database, names.getString(1))) {
                    found.add(names.getString(1));
                }
            }
        }
        return found;
    }

    private static boolean holdsMarker(Database database, String table) throws Exception {
        boolean found = false;
        try (Statement statement = database.connection().createStatement();
                ResultSet rows = statement.executeQuery("SELECT * FROM " + table)) {
            while (rows.next()) {
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    Object value = rows.getObject(i);
                    found |= value instanceof byte[] body
                            ? inBody(body)
                            : String.valueOf(value).contains(MARKER);
                }
            }
        }
        return found;
    }

    private static boolean inBody(byte[] body) throws IOException {
        boolean plain = new String(body, StandardCharsets.ISO_8859_1).contains(MARKER);
        if (plain || body.length < 3 || body[0] != 1) {
            return plain;
        }
        try (InflaterInputStream unpacked = new InflaterInputStream(
                new ByteArrayInputStream(body, 1 + lengthOf(body), body.length - 1 - lengthOf(body)),
                new Inflater(true))) {
            return new String(unpacked.readAllBytes(), StandardCharsets.ISO_8859_1).contains(MARKER);
        } catch (ZipException e) {
            // no packed body
            return false;
        }
    }

    /** Of the number behind the method byte. */
    private static int lengthOf(byte[] body) {
        int length = 1;
        while (length < body.length - 1 && (body[length] & 0x80) != 0) {
            length++;
        }
        return length;
    }
}
