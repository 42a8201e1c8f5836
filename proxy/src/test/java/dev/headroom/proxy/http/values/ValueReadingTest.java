package dev.headroom.proxy.http.values;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import dev.headroom.core.capture.CaptureMeter;
import dev.headroom.core.digest.ValueDigester;
import dev.headroom.core.digest.ValueReader;
import dev.headroom.core.trace.ResponseValues;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValueReadingTest {
    /** {@code printf '["Brotli reads this"]' | brotli -c | base64}. */
    private static final String BROTLI = "CwqAWyJCcm90bGkgcmVhZHMgdGhpcyJdAw==";

    private final ValueDigester digester = ValueDigester.withRandomSalt();
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    private final List<String> troubles = new ArrayList<>();

    /** By a clock that stands still, since a slow machine would use up the time that reading may take. */
    private final CaptureMeter meter = new CaptureMeter();

    private final ValueReading reading = new ValueReading(tasks::add, digester, meter, troubles::add, () -> 0);

    @Test
    void finds_strings_and_numbers_of_json_but_not_names() {
        ResponseValues shown =
                read("application/json", "{\"city\": \"Bad T\\u00f6lz\", \"n\": [12, -1.50, true, 1e3]}");
        assertThat(shown.complete()).isTrue();
        assertThat(shows(shown, "Bad Tölz")).isTrue();
        assertThat(shows(shown, "Tölz")).isTrue();
        assertThat(shows(shown, "12")).isTrue();
        assertThat(shows(shown, "-1.5")).isTrue();
        assertThat(shows(shown, "1000")).isTrue();
        assertThat(shows(shown, "true")).isTrue();
        assertThat(shows(shown, "city")).isFalse();
    }

    @Test
    void undoes_json_escapes() {
        ResponseValues shown = read("application/json", "[\"a \\\"b\\\" \\/ c\", \"\\ud83d\\ude00\", \"x\\ny\"]");
        assertThat(shows(shown, "a \"b\" / c")).isTrue();
        assertThat(shows(shown, "😀")).isTrue();
        assertThat(shows(shown, "x\ny")).isTrue();
    }

    @Test
    void finds_text_and_attributes_of_html_with_its_escapes_undone() {
        ResponseValues shown = read(
                "text/html",
                "<p class='x'>\n  Tom &amp; Jerry&#39;s\n caf&eacute; </p><a href=\"/orders/17?user=4\">go</a>"
                        + "<script>var d = {\"street\": \"12 Main St\"};</script><b>after</b>");
        assertThat(shows(shown, "Tom & Jerry's café")).isTrue();
        assertThat(shows(shown, "17")).isTrue();
        assertThat(shows(shown, "4")).isTrue();
        assertThat(shows(shown, "12 Main St")).isTrue();
        assertThat(shows(shown, "after")).isTrue();
        assertThat(shows(shown, "script")).isFalse();
    }

    @Test
    void finds_words_in_any_case_and_inside_markup_and_typographic_signs() {
        ResponseValues json =
                read("application/json", "{\"html\": \"<p>The <b>HOUSE</b> – „Older“ than others…</p>\"}");
        assertThat(shows(json, "house")).isTrue();
        assertThat(shows(json, "older")).isTrue();
        assertThat(shows(json, "others")).isTrue();
    }

    @Test
    void finds_the_words_of_a_text_of_any_length() {
        String text = "Beginning " + "x ".repeat(40_000) + "Behind, " + "y ".repeat(1_000) + "ending";
        for (String type : new String[] {"text/html", "text/plain"}) {
            ResponseValues shown = read(type, text);
            assertThat(shown.complete()).isTrue();
            assertThat(shows(shown, "beginning")).isTrue();
            assertThat(shows(shown, "behind")).isTrue();
            assertThat(shows(shown, "ending")).isTrue();
        }
    }

    @Test
    void brings_numbers_dates_and_uuids_into_the_form_of_the_database() {
        ResponseValues shown = read(
                "text/html",
                "<td>$1,234.50</td><td>1.234,75 €</td><td>17.05.2024</td><td>2024-05-17T12:00:00Z</td>"
                        + "<td>123E4567-E89B-12D3-A456-426614174000</td><td>-7</td>");
        assertThat(shows(shown, "1234.5")).isTrue();
        assertThat(shows(shown, "1234.75")).isTrue();
        assertThat(shows(shown, "2024-05-17")).isTrue();
        assertThat(shows(shown, "2024-05-17 12:00:00")).isTrue();
        assertThat(shows(shown, "123e4567-e89b-12d3-a456-426614174000")).isTrue();
        assertThat(shows(shown, "-7")).isTrue();
    }

    @Test
    void keeps_leading_zeros_of_text_apart_from_numbers() {
        ResponseValues shown = read("application/json", "{\"zip\": \"01067\"}");
        assertThat(shows(shown, "01067")).isTrue();
        assertThat(shows(shown, "1067")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"identity", "gzip", "deflate", "zstd"})
    void reads_compressed_text_whatever_its_pieces(String coding) throws IOException {
        byte[] text = ("[" + "\"Invalidenstraße 117\",".repeat(3000) + "4711]").getBytes(StandardCharsets.UTF_8);
        for (int piece : new int[] {1, 7, 1000, 1 << 20}) {
            ResponseValues shown = read("application/json", null, coding, encoded(text, coding), piece);
            assertThat(shown.complete()).isTrue();
            assertThat(shows(shown, "Invalidenstraße 117")).isTrue();
            assertThat(shows(shown, "4711")).isTrue();
        }
    }

    @Test
    void reads_brotli() {
        byte[] brotli = Base64.getDecoder().decode(BROTLI);
        ResponseValues shown = read("application/json", null, "br", brotli, 5);
        assertThat(shown.complete()).isTrue();
        assertThat(shows(shown, "Brotli reads this")).isTrue();
    }

    @Test
    void reads_zstd_with_windows_of_up_to_8_mb_only() throws IOException {
        byte[] text = "[\"zstd reads this\"]".getBytes(StandardCharsets.UTF_8);
        ResponseValues shown = read("application/json", null, "zstd", zstd(text, 23), 5);
        assertThat(shown.complete()).isTrue();
        assertThat(shows(shown, "zstd reads this")).isTrue();

        assertThat(read("application/json", null, "zstd", zstd(text, 24), 5).complete())
                .isFalse();
        byte[] whole = zstd(text, 23);
        assertThat(read("application/json", null, "zstd", Arrays.copyOf(whole, whole.length - 3), 5)
                        .complete())
                .isFalse();
    }

    @Test
    void tells_once_of_each_content_coding_that_it_cannot_read() {
        for (String coding : List.of("dcb", "gzip", "dcb", "compress", "de\tflate")) {
            reading.begin("application/json", null, coding, false);
            reading.begin("image/png", null, "exi", false);
        }
        assertThat(troubles)
                .containsExactly(
                        "responses in dcb are not read for the values that they show: Headroom knows no such content"
                                + " coding",
                        "responses in compress are not read for the values that they show: Headroom knows no such"
                                + " content coding");
    }

    @Test
    void reads_latin_1() {
        byte[] text = "<p>Zürich</p>".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(shows(read("text/html", "iso-8859-1", null, text, 4), "Zürich"))
                .isTrue();
    }

    @Test
    void says_and_counts_where_it_could_not_read_all() {
        assertThat(reading.begin("image/png", null, null, false)).isNull();
        assertThat(reading.begin("text/html", null, "compress", false)).isNull();
        assertThat(reading.begin("text/html", "shift_jis", null, false)).isNull();
        byte[] broken = {0x1f, (byte) 0x8b, 8, 0, 1, 2, 3};
        assertThat(read("text/html", null, "gzip", broken, 100).complete()).isFalse();
        byte[] large = new byte[3_000_000];
        Arrays.fill(large, (byte) 'a');
        assertThat(read("text/html", null, null, large, large.length).complete())
                .isFalse();
        assertThat(reading.begin("text/html", null, null, true)).isNull();
        assertThat(read("text/html", "<p>read whole</p>").complete()).isTrue();

        assertThat(meter.counters().unreadableResponses())
                .as("two codings and a charset")
                .isEqualTo(3);
        assertThat(meter.counters().unreadResponses())
                .as("too large, or too many at once")
                .isEqualTo(2);
    }

    @Test
    void reads_a_value_longer_than_is_looked_at_like_the_database_side() {
        String longText = "Lorem ipsum ".repeat(2000).trim();
        ResponseValues shown = read("application/json", "[\"" + longText + "\"]");
        byte[] utf8 = longText.getBytes(StandardCharsets.UTF_8);
        long digest = new ValueReader(digester).untyped(utf8, 0, utf8.length);
        assertThat(Arrays.binarySearch(shown.digests().toArray(), digest)).isNotNegative();
    }

    private boolean shows(ResponseValues shown, String value) {
        return Arrays.binarySearch(shown.digests().toArray(), digester.digest(value)) >= 0;
    }

    private ResponseValues read(String mediaType, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        ResponseValues whole = read(mediaType, null, null, utf8, utf8.length);
        assertThat(read(mediaType, null, null, utf8, 1)).isEqualTo(whole);
        return whole;
    }

    private ResponseValues read(
            String mediaType, @Nullable String charset, @Nullable String coding, byte[] encoded, int piece) {
        while (coding != null && !Decoding.knows(coding)) {
            Thread.onSpinWait(); // the library for zstd is being loaded
        }
        ResponseReading response = Objects.requireNonNull(reading.begin(mediaType, charset, coding, false));
        ByteBuffer in = ByteBuffer.wrap(encoded);
        AtomicReference<ResponseValues> values = new AtomicReference<>();
        for (int at = 0; at < encoded.length; at += piece) {
            response.content(in, at, Math.min(encoded.length, at + piece));
            runTasks();
        }
        response.end(true, values::set);
        runTasks();
        return values.get();
    }

    private void runTasks() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    private static byte[] encoded(byte[] text, String coding) throws IOException {
        ByteArrayOutputStream encoded = new ByteArrayOutputStream();
        try (OutputStream out = switch (coding) {
            case "gzip" -> new GZIPOutputStream(encoded);
            case "deflate" -> new DeflaterOutputStream(encoded);
            case "zstd" -> new ZstdOutputStreamNoFinalizer(encoded);
            default -> encoded;
        }) {
            out.write(text);
        }
        return encoded.toByteArray();
    }

    private static byte[] zstd(byte[] text, int windowLog) throws IOException {
        ByteArrayOutputStream encoded = new ByteArrayOutputStream();
        try (ZstdOutputStreamNoFinalizer out = new ZstdOutputStreamNoFinalizer(encoded)) {
            out.setLong(windowLog);
            out.write(text);
        }
        return encoded.toByteArray();
    }
}
