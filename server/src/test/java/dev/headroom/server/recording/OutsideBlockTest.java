package dev.headroom.server.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headroom.core.HeadroomException;
import dev.headroom.core.trace.Attribution;
import dev.headroom.core.trace.Digests;
import dev.headroom.core.trace.Query;
import dev.headroom.core.trace.RequestTrace;
import dev.headroom.core.trace.ResponseValues;
import dev.headroom.core.trace.ResultColumn;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Executions outside requests, many of which take one row. */
@Timeout(60)
class OutsideBlockTest {
    @TempDir
    Path folder;

    @Test
    void manyTakeFewRowsAndAreReadBackOneByOne() throws SQLException {
        List<Query> told = outside(10_000, 1);
        Path file = record(told);

        assertThat(ToldFile.number(file, "SELECT count(*) FROM outside_block")).isBetween(1L, 400L);
        assertThat(ToldFile.number(file, "SELECT sum(queries) FROM outside_block"))
                .isEqualTo(told.size());
        assertThat(replayed(file)).isEqualTo(told.stream().map(Told::kept).toList());
    }

    @Test
    void thoseOfAPartOfTheRunAreTold() {
        List<Query> told = outside(5_000, 2);
        Path file = record(told);
        long from = told.get(1_500).startNanos();
        long to = told.get(1_700).startNanos();

        Told part = new Told();
        try (RecordingReader reader = RecordingReader.open(file)) {
            assertThat(reader.between(part, 0, from, to, () -> true).whole()).isTrue();
        }

        assertThat(part.outside)
                .isEqualTo(told.stream()
                        .filter(each -> each.startNanos() >= from && each.startNanos() <= to)
                        .map(Told::kept)
                        .toList())
                .hasSizeGreaterThan(100);
    }

    @Test
    void thoseThatComeSeldomAreWrittenWithoutWaitingForMore() throws SQLException {
        Path file = folder.resolve("seldom.headroom");
        Query first = outside(1, 3).get(0);
        Query later = at(first, first.startNanos() + 200_000_000L);
        try (RecordingWriter writer = RecordingWriter.create(file, RecordingSettings.defaults())) {
            writer.outside(first);
            writer.outside(later);
            writer.outside(at(later, later.startNanos() + 1));
        }

        assertThat(ToldFile.number(file, "SELECT count(*) FROM outside_block")).isEqualTo(2);
        assertThat(ToldFile.number(file, "SELECT min(queries) FROM outside_block"))
                .isEqualTo(1);
    }

    @Test
    void aBlockIsBoundedByNumberAndByBytes() {
        Query small = small(outside(1, 4).get(0));
        OutsideBlock ofSmall = new OutsideBlock();
        while (ofSmall.add(small)) {
            assertThat(ofSmall.size()).isLessThan(OutsideBlock.MOST_QUERIES);
        }
        OutsideBlock ofLarge = new OutsideBlock();

        assertThat(ofSmall.size()).isEqualTo(OutsideBlock.MOST_QUERIES);
        assertThat(ofLarge.add(with(small, column(1, 40_000)))).isFalse();
        assertThat(ofLarge.weight()).isGreaterThan(40_000);
    }

    @Test
    void ofVeryManyValuesTheFirstAreKeptAndTheRestStayDifferent() {
        int cells = OutsideBlock.KEPT_VALUES + 1_000;
        Query many = with(small(outside(1, 5).get(0)), column(1, cells));
        Path file = record(List.of(many, many));

        List<Query> replayed = replayed(file);
        for (Query each : replayed) {
            Digests values = each.columns().get(0).values();
            assertThat(values.size()).isEqualTo(cells);
            Set<Long> distinct = new HashSet<>();
            for (long value : values.toArray()) {
                distinct.add(value);
            }
            assertThat(distinct).hasSize(cells).doesNotContain(Digests.NULL_VALUE);
            assertThat(values.get(OutsideBlock.KEPT_VALUES - 1)).isEqualTo(OutsideBlock.KEPT_VALUES);
        }
    }

    @Test
    void moreValuesThanABodyMayHoldAreLeftOut() {
        Query small = small(outside(1, 6).get(0));
        Query longList = BodyEncoder.with(
                small,
                Digests.of(LongStream.rangeClosed(1, BodyEncoder.MAX_CELLS + 1).toArray()),
                List.of());

        Query replayed = replayed(record(List.of(longList))).get(0);

        assertThat(replayed).isEqualTo(BodyEncoder.with(longList, Digests.NONE, List.of()));
        assertThat(replayed.valuesComplete()).isFalse();
    }

    @Test
    void theOldestMakeRoomAndAreCounted() throws Exception {
        Path file = folder.resolve("capped.headroom");
        long cap = 1 << 20;
        List<Query> told = outside(8_000, 7);
        RecordingWriter writer = RecordingWriter.create(file, Lossless.SETTINGS.withMaxBytes(cap));
        try (writer) {
            told.forEach(writer::outside);
        }

        assertThat(Files.size(file)).isLessThan(cap + (1 << 20));
        int given = (int) writer.status().rotatedOutside();
        assertThat(given).isPositive();
        assertThat(replayed(file))
                .isEqualTo(told.subList(given, told.size()).stream()
                        .map(Told::kept)
                        .toList());
    }

    /** As it was before there were blocks: a body like that of a request, in another table. */
    @Test
    void aRecordingOfAnOlderHeadroomIsRead() throws SQLException {
        List<Query> told = outside(20, 8);
        RequestTrace like = new GeneratedTraces(9).request();
        RequestTrace trace = new RequestTrace(like.request(), told, List.of(), ResponseValues.UNREAD);
        Path file = record(writer -> writer.request(trace));
        ToldFile.change(
                file,
                "INSERT INTO outside SELECT d.seq, 20, r.start_nanos, d.body FROM detail d JOIN request r USING (seq)");
        ToldFile.change(file, "DELETE FROM detail");
        ToldFile.change(file, "DELETE FROM request");
        ToldFile.change(file, "DROP TABLE outside_block");

        Told replayed = new Told();
        Told part = new Told();
        Told rows = new Told();
        try (RecordingReader reader = RecordingReader.open(file)) {
            reader.replay(replayed);
            reader.between(part, 0, 0, Long.MAX_VALUE, () -> true);
            reader.rows(rows, 0, Long.MAX_VALUE);
        }

        List<Query> expected = told.stream().map(Told::kept).toList();
        assertThat(replayed.outside.stream().map(Told::kept)).containsExactlyElementsOf(expected);
        assertThat(part.outside.stream().map(Told::kept)).containsExactlyElementsOf(expected);
        assertThat(rows.outside.stream().map(Told::kept)).containsExactlyElementsOf(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE outside_block SET body = randomblob(1000)",
                "UPDATE outside_block SET body = x'04ff'",
                "UPDATE outside_block SET body = x'ffffffff7f'",
                "UPDATE outside_block SET body = x'0100ff0100'",
                "UPDATE outside_block SET body = x'010002ffffff0f'",
                "UPDATE outside_block SET body = substr(body, 1, length(body) - 1)"
            })
    void impossibleBlocksAreRefused(String sql) throws SQLException {
        Path file = record(outside(100, 10));
        ToldFile.change(file, sql);

        try (RecordingReader reader = RecordingReader.open(file)) {
            assertThatThrownBy(() -> reader.replay(new Told()))
                    .isInstanceOf(HeadroomException.class)
                    .hasMessageContaining("damaged");
        }
    }

    /** Executions of all forms. */
    private static List<Query> outside(int count, long seed) {
        GeneratedTraces traces = new GeneratedTraces(seed);
        List<Query> outside = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            outside.add(traces.query(0, Attribution.values()[2 + i % 3]));
        }
        return outside;
    }

    private static Query small(Query query) {
        return BodyEncoder.with(query, Digests.NONE, List.of());
    }

    private static Query with(Query query, ResultColumn column) {
        return BodyEncoder.with(query, query.values(), List.of(column));
    }

    private static ResultColumn column(long first, int cells) {
        long[] values = LongStream.range(first, first + cells).toArray();
        return new ResultColumn("name", null, null, 0, 0, 25, 1, 0, Digests.of(values));
    }

    private static Query at(Query query, long start) {
        return new Query(
                query.id() + 1,
                query.requestId(),
                query.attribution(),
                query.connectionId(),
                query.transactionId(),
                query.shape(),
                query.callSite(),
                start,
                0,
                start + 1,
                query.rows(),
                query.bytes(),
                query.values(),
                query.valuesComplete(),
                query.columns(),
                query.sqlState());
    }

    private Path record(List<Query> queries) {
        return record(writer -> queries.forEach(writer::outside));
    }

    private Path record(Consumer<RecordingWriter> telling) {
        return ToldFile.record(folder, telling);
    }

    private static List<Query> replayed(Path file) {
        Told replayed = new Told();
        try (RecordingReader reader = RecordingReader.open(file)) {
            reader.replay(replayed);
        }
        return replayed.outside;
    }
}
