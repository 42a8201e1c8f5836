package dev.headroom.server.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headroom.core.HeadroomException;
import dev.headroom.core.trace.Digests;
import dev.headroom.core.trace.Request;
import dev.headroom.core.trace.RequestTrace;
import dev.headroom.core.trace.ResponseValues;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests without statements, many of which take one row. */
@Timeout(60)
class RequestBlockTest {
    @TempDir
    Path folder;

    @Test
    void manyTakeFewRowsAndAreReadBackOneByOne() throws SQLException {
        List<RequestTrace> told = bare(5_000, 1);
        Path file = record(writer -> told.forEach(writer::request));

        assertThat(ToldFile.number(file, "SELECT count(*) FROM request_block")).isBetween(1L, 400L);
        try (RecordingReader reader = RecordingReader.open(file)) {
            Told replayed = new Told();
            reader.replay(replayed);
            assertThat(replayed.requests).isEqualTo(told);
            assertThat(reader.requests()).isEqualTo(told.size());
            RequestTrace one = told.get(3_333);
            assertThat(reader.request(one.request().id())).isEqualTo(one);
            assertThat(reader.request(1_000_000)).isNull();
        }
        assertThat(ToldFile.number(file, "SELECT sum(requests) FROM route")).isEqualTo(told.size());
        assertThat(ToldFile.number(file, "SELECT sum(nanos) FROM route"))
                .isEqualTo(
                        told.stream().mapToLong(each -> each.request().nanos()).sum());
        assertThat(ToldFile.number(file, "SELECT sum(failed) FROM route"))
                .isEqualTo(told.stream()
                        .filter(each ->
                                each.request().status() == 0 || each.request().status() >= 500)
                        .count());
    }

    @Test
    void thoseOfAPartOfTheRunAreTold() {
        List<RequestTrace> told = bare(3_000, 12);
        Path file = record(writer -> told.forEach(writer::request));
        long from = told.get(1_500).request().startNanos();
        long to = told.get(1_700).request().startNanos();

        Told part = new Told();
        try (RecordingReader reader = RecordingReader.open(file)) {
            RecordingReader.Part whole = reader.between(part, 0, from, to, () -> true);
            assertThat(whole.whole()).isTrue();
            assertThat(reader.between(new Told(), whole.last(), from, to, () -> true)
                            .last())
                    .isEqualTo(whole.last());
        }

        assertThat(part.requests)
                .isEqualTo(told.stream()
                        .filter(each -> each.request().startNanos() >= from
                                && each.request().startNanos() <= to)
                        .toList())
                .hasSizeGreaterThan(100);
    }

    @Test
    void whatIsToldBetweenThemStaysInItsPlace() {
        List<RequestTrace> bare = bare(600, 2);
        GeneratedTraces facts = new GeneratedTraces(3);
        Random random = new Random(4);
        Told live = new Told();
        Path file = record(writer -> {
            for (RequestTrace each : bare) {
                RequestTrace between = random.nextInt(40) == 0 ? withStatements(facts) : each;
                live.request(between);
                writer.request(between);
                if (random.nextInt(100) == 0) {
                    writer.event(facts.event());
                }
            }
        });

        Told replayed = new Told();
        try (RecordingReader reader = RecordingReader.open(file)) {
            reader.replay(replayed);
        }

        assertThat(replayed.requests)
                .isEqualTo(live.requests.stream().map(Told::kept).toList());
    }

    @Test
    void fewThatComeTogetherKeepTheirOwnRows() throws SQLException {
        Path file = record(writer -> bare(RecordingStore.FEWEST_TOGETHER - 1, 5).forEach(writer::request));

        assertThat(ToldFile.number(file, "SELECT count(*) FROM request_block")).isZero();
        assertThat(ToldFile.number(file, "SELECT count(*) FROM request")).isEqualTo(RecordingStore.FEWEST_TOGETHER - 1);
    }

    @Test
    void aBlockIsClosedByWhoWritesIt() {
        RequestBlock block = new RequestBlock();
        List<RequestTrace> told = bare(2, 6);

        assertThat(block.add(told.get(0))).isTrue();
        block.take();

        assertThat(block.add(told.get(1))).isFalse();
        assertThat(BlockDecoder.requests(block.body())).containsExactly(told.get(0));
    }

    @Test
    void aBlockIsBoundedByNumberAndByBytes() {
        List<RequestTrace> ofOnePath =
                bare(5_000, 7).stream().map(each -> withPath(each, "/")).toList();
        List<RequestTrace> ofLongPaths = bare(10, 8).stream()
                .map(each -> withPath(each, "/" + each.request().id() + "x".repeat(60_000)))
                .toList();

        assertThat(taken(new RequestBlock(), ofOnePath)).isEqualTo(RequestBlock.MOST_REQUESTS);
        assertThat(taken(new RequestBlock(), ofLongPaths)).isOne();
    }

    @Test
    void theOldestMakeRoomAndAreCounted() throws Exception {
        Path file = folder.resolve("capped.headroom");
        long cap = 1 << 20;
        RecordingWriter writer = RecordingWriter.create(file, Lossless.SETTINGS.withMaxBytes(cap));
        List<RequestTrace> told = bare(100_000, 9);
        try (writer) {
            told.forEach(writer::request);
        }

        assertThat(Files.size(file)).isLessThan(cap + (1 << 20));
        assertThat(writer.status().rotatedRequests()).isPositive();
        Told replayed = new Told();
        try (RecordingReader reader = RecordingReader.open(file)) {
            reader.replay(replayed);
        }
        int kept = told.size() - (int) writer.status().rotatedRequests();
        assertThat(replayed.requests).isEqualTo(told.subList(told.size() - kept, told.size()));
    }

    @Test
    void aRecordingOfAnOlderHeadroomHasNone() throws SQLException {
        List<RequestTrace> told = bare(10, 10);
        Path file = record(writer -> told.forEach(writer::request));
        ToldFile.change(file, "DROP TABLE request_block");

        try (RecordingReader reader = RecordingReader.open(file)) {
            Told replayed = new Told();
            reader.replay(replayed);
            assertThat(replayed.requests).isEqualTo(told);
            assertThat(reader.requests()).isEqualTo(10);
            assertThat(reader.request(1_000_000)).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE request_block SET body = randomblob(1000)",
                "UPDATE request_block SET body = x'04ff'",
                "UPDATE request_block SET body = x'0403'",
                "UPDATE request_block SET body = x'0400ffffff7f'",
                "UPDATE request_block SET body = substr(body, 1, length(body) - 1)"
            })
    void impossibleBlocksAreRefused(String sql) throws SQLException {
        Path file = record(writer -> bare(100, 11).forEach(writer::request));
        ToldFile.change(file, sql);

        try (RecordingReader reader = RecordingReader.open(file)) {
            assertThatThrownBy(() -> reader.replay(new Told()))
                    .isInstanceOf(HeadroomException.class)
                    .hasMessageContaining("damaged");
        }
    }

    private static int taken(RequestBlock block, List<RequestTrace> traces) {
        int count = 0;
        while (count < traces.size() && block.add(traces.get(count))) {
            count++;
        }
        return count;
    }

    /** Requests of all forms without statements. */
    private static List<RequestTrace> bare(int count, long seed) {
        GeneratedTraces traces = new GeneratedTraces(seed);
        List<RequestTrace> bare = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            RequestTrace trace = traces.request();
            bare.add(new RequestTrace(
                    trace.request(),
                    List.of(),
                    List.of(),
                    new ResponseValues(
                            Digests.NONE,
                            trace.response().complete(),
                            trace.response().separate())));
        }
        return bare;
    }

    private static RequestTrace withStatements(GeneratedTraces traces) {
        RequestTrace trace = traces.request();
        while (trace.queries().isEmpty()) {
            trace = traces.request();
        }
        return trace;
    }

    private static RequestTrace withPath(RequestTrace trace, String path) {
        Request each = trace.request();
        Request longer = new Request(
                each.id(),
                each.method(),
                path,
                each.route(),
                each.status(),
                each.startNanos(),
                each.queueNanos(),
                each.sentNanos(),
                each.firstByteNanos(),
                each.endNanos(),
                each.workEndNanos(),
                each.bytesIn(),
                each.bytesOut(),
                each.inFlight(),
                each.streaming(),
                each.outcome());
        return new RequestTrace(longer, trace.queries(), trace.folded(), trace.response());
    }

    private Path record(Consumer<RecordingWriter> telling) {
        return ToldFile.record(folder, telling);
    }
}
