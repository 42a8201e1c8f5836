package dev.headroom.core.check;

import static dev.headroom.core.check.TestRequest.post;
import static dev.headroom.core.check.TestRequest.range;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RepeatedWriteCheckTest {
    private static final String INSERT = "insert into lines (id) values ($1)";

    @Test
    void notesAFewAndReportsMany() {
        assertThat(found(post("/a").each(range(1, 8), 1, INSERT)))
                .extracting(Finding::level)
                .containsExactly(Level.NOTE);
        assertThat(found(post("/a").each(range(1, 100), 1, INSERT)))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.level()).isEqualTo(Level.PROBLEM);
                    assertThat(finding.perRequest().statements()).isEqualTo(99);
                });
    }

    @Test
    void staysSilentWhereTheyAreSentInABatchAlready() {
        TestRequest batch = post("/a");
        for (int i = 0; i < 100; i++) {
            batch.overlapping(5, INSERT, i);
        }
        assertThat(found(batch)).isEmpty();
        assertThat(found(post("/a").each(range(1, 4), 1, INSERT))).isEmpty();
    }

    private static List<Finding> found(TestRequest... requests) {
        return TestRequest.diagnose(List.of(new RepeatedWriteCheck()), CheckContext.DEFAULT, requests);
    }
}
