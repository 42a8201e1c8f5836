package dev.headroom.server.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.core.trace.Attribution;
import dev.headroom.core.trace.Digests;
import dev.headroom.core.trace.Query;
import dev.headroom.core.trace.QueryShape;
import dev.headroom.core.trace.ResultColumn;
import dev.headroom.core.trace.StatementKind;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DigestTableTest {
    private static final int ROWS = 5_000;

    @Test
    void keepsWhatAnythingElseInTheRequestEquals() {
        DigestTable table = DigestTable.of(
                List.of(query(Digests.NONE, column(100, ROWS)), query(Digests.of(4_000, 1), column(4_500, 1))),
                Digests.of(4_800, 99_999));

        assertThat(table.reference(4_000)).as("bound later").isNotEqualTo(DigestTable.ALONE);
        assertThat(table.reference(1)).as("bound only").isNotEqualTo(DigestTable.ALONE);
        assertThat(table.reference(4_500)).as("in two results").isNotEqualTo(DigestTable.ALONE);
        assertThat(table.reference(4_800)).as("shown").isNotEqualTo(DigestTable.ALONE);
        assertThat(table.reference(4_801)).as("nowhere else").isEqualTo(DigestTable.ALONE);
        assertThat(table.reference(Digests.NULL_VALUE)).isEqualTo(DigestTable.NULL);
        assertThat(table.contains(4_800)).isTrue();
        assertThat(table.contains(99_999)).as("shown, but from no query").isFalse();
    }

    @Test
    void keepsAtMostSoManyThatNothingElseEquals() {
        DigestTable table = DigestTable.of(List.of(query(Digests.NONE, column(1, ROWS))), Digests.NONE);

        assertThat(table.size()).isEqualTo(DigestTable.KEPT_ALONE);
    }

    @Test
    void keepsOfWordsOnlyThoseThatTheResponseShows() {
        ResultColumn notes =
                new ResultColumn("n", "t", "n", 1, 1, 25, 0, 0, Digests.of(5), Digests.of(70, 71, 0, 71, 72, 0));
        DigestTable table = DigestTable.of(List.of(query(Digests.NONE, notes)), Digests.of(72));

        assertThat(table.reference(72)).isNotEqualTo(DigestTable.ALONE);
        assertThat(table.reference(71)).as("in two values").isEqualTo(DigestTable.ALONE);
        assertThat(table.reference(70)).isEqualTo(DigestTable.ALONE);
    }

    private static ResultColumn column(long first, int rows) {
        long[] values = LongStream.range(first, first + rows).toArray();
        return new ResultColumn("id", "t", "id", 1, 1, 23, 0, 0, Digests.of(values));
    }

    private static Query query(Digests values, ResultColumn column) {
        QueryShape shape = new QueryShape(1, "SELECT ?", StatementKind.SELECT, List.of(), false);
        return new Query(
                1, 0, Attribution.BACKGROUND, 1, 0, shape, null, 0, 0, 1, 1, 1, values, true, List.of(column), null);
    }
}
