package dev.headroom.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.core.check.CheckContext;
import dev.headroom.core.check.Finding;
import dev.headroom.core.report.RunReport;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The findings of a part of a run are told by its requests alone. */
@Timeout(60)
class RangeFindingsTest {
    @TempDir
    Path folder;

    @Test
    void aPartIsJudgedByItsOwnRequests() {
        try (OpenRecording recording = recording(200)) {
            RequestIndex requests = recording.view().requests();
            TimeRange range = new TimeRange(requests.start(20), requests.start(39));

            RangeFindings found = RangeFindings.of(recording, range, whole(recording));

            assertThat(found.requests()).isEqualTo(20);
            List<Finding> findings = Objects.requireNonNull(found.report()).findings();
            assertThat(findings)
                    .isNotEmpty()
                    .allSatisfy(finding -> assertThat(finding.requests()).isBetween(1L, 20L));
            assertThat(found.known())
                    .containsAnyElementsOf(findings.stream().map(Finding::id).toList());
        }
    }

    @Test
    void aPartWithoutRequestsShowsNothing() {
        try (OpenRecording recording = recording(20)) {
            RangeFindings found = RangeFindings.of(recording, new TimeRange(1, 2), whole(recording));

            assertThat(found.requests()).isZero();
            assertThat(Objects.requireNonNull(found.report()).findings()).isEmpty();
        }
    }

    @Test
    void aPartTooLargeToBeJudgedAtOnceIsNotJudged() {
        int many = RangeFindings.MOST_REQUESTS + 1;
        try (OpenRecording recording = recording(many)) {
            RangeFindings found = RangeFindings.of(recording, TimeRange.ALL, whole(recording));

            assertThat(found.requests()).isEqualTo(many);
            assertThat(found.report()).isNull();
        }
    }

    private OpenRecording recording(int requests) {
        Path file = StoryRecording.write(folder.resolve("run.headroom"), requests, false);
        OpenRecording recording = OpenRecording.open(file, CheckContext.DEFAULT);
        recording.follow();
        return recording;
    }

    private static RunReport whole(OpenRecording recording) {
        return recording.view().report(List.of(), LocalDate.EPOCH);
    }
}
