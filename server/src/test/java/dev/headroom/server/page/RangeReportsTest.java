package dev.headroom.server.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headroom.core.HeadroomException;
import dev.headroom.core.check.CheckContext;
import dev.headroom.core.report.RunReport;
import dev.headroom.core.report.RunReporter;
import dev.headroom.core.trace.Connection;
import dev.headroom.core.trace.Event;
import dev.headroom.core.trace.Query;
import dev.headroom.core.trace.RequestTrace;
import dev.headroom.core.trace.RunInfo;
import dev.headroom.core.trace.TraceSink;
import dev.headroom.server.recording.Lossless;
import dev.headroom.server.recording.RecordingReader;
import dev.headroom.server.recording.RecordingWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The findings of a part of a run are told by what happened in it alone. */
@Timeout(60)
class RangeReportsTest {
    @TempDir
    Path folder;

    @Test
    void aPartOfAnySizeIsJudgedAsIfItHadBeenAllOfTheRun() {
        Path file = BusyStory.write(folder.resolve("run.headroom"), 3_000);
        try (OpenRecording recording = open(file)) {
            RequestIndex requests = recording.view().requests();
            for (int[] part : List.of(new int[] {20, 39}, new int[] {100, 2_900}, new int[] {0, 2_999})) {
                TimeRange range = new TimeRange(requests.start(part[0]), requests.start(part[1]));

                RunReport report = upToDate(recording, range);

                assertThat(report.findings())
                        .isNotEmpty()
                        .isEqualTo(judged(file, range).findings());
                assertThat(recording.report(range).judged()).isEqualTo(part[1] - part[0] + 1);
                assertThat(recording.view().requests(range)).isEqualTo(part[1] - part[0] + 1);
            }
        }
    }

    @Test
    void aPartWithoutRequestsShowsNothing() {
        try (OpenRecording recording = open(StoryRecording.write(folder.resolve("run.headroom"), 20, false))) {
            assertThat(upToDate(recording, new TimeRange(1, 2)).findings()).isEmpty();
        }
    }

    @Test
    void aPartWithoutEndGoesOnWithTheRunFromWhereItWas() {
        try (RecordingWriter writer = RecordingWriter.create(folder.resolve("run.headroom"), Lossless.SETTINGS)) {
            StoryRecording.tell(writer, 100, false);
            try (OpenRecording recording = open(writer.file())) {
                awaitRequests(recording, 100);
                TimeRange range = new TimeRange(recording.view().requests().start(10), Long.MAX_VALUE);
                assertThat(upToDate(recording, range).summary().requests()).isEqualTo(90);
                RangeReport before = recording.report(range);

                StoryRecording.tell(writer, 50, false);
                awaitRequests(recording, 150);

                assertThat(upToDate(recording, range).summary().requests())
                        .as("the story begins anew, so 40 of its 50 are in the part")
                        .isEqualTo(130);
                assertThat(recording.report(range)).isSameAs(before);
            }
        }
    }

    @Test
    void onlyTheLatestPartsAreKept() {
        try (OpenRecording recording = open(StoryRecording.write(folder.resolve("run.headroom"), 20, false))) {
            RangeReport first = recording.report(new TimeRange(0, 1));
            for (int i = 0; i < 5; i++) {
                recording.report(new TimeRange(0, 2 + i));
            }
            assertThat(recording.report(new TimeRange(0, 1))).isNotSameAs(first);
            RangeReport again = recording.report(new TimeRange(0, 1));
            assertThat(recording.report(new TimeRange(0, 1))).isSameAs(again);
        }
    }

    @Test
    void aDamagedRecordingIsSaidToBe() throws IOException {
        Path file = BusyStory.write(folder.resolve("run.headroom"), 3_000);
        try (OpenRecording recording = open(file)) {
            byte[] content = Files.readAllBytes(file);
            for (int i = 8_192; i < content.length; i++) {
                content[i] = (byte) (i * 31);
            }
            Files.write(file, content);

            assertThatThrownBy(() -> upToDate(recording, TimeRange.ALL))
                    .isInstanceOf(HeadroomException.class)
                    .hasMessageContaining("damaged");
        }
    }

    @Test
    void whatWasJudgedBeforeAFailureIsNotCountedTwice() throws IOException {
        Path file = BusyStory.write(folder.resolve("run.headroom"), 3_000);
        try (OpenRecording recording = open(file)) {
            byte[] whole = Files.readAllBytes(file);
            byte[] content = whole.clone();
            for (int i = content.length * 2 / 3; i < content.length; i++) {
                content[i] = (byte) (i * 31);
            }
            Files.write(file, content);
            assertThatThrownBy(() -> upToDate(recording, TimeRange.ALL)).isInstanceOf(HeadroomException.class);
            Files.write(file, whole);

            assertThat(upToDate(recording, TimeRange.ALL).summary().requests()).isEqualTo(3_000);
        }
    }

    private static RunReport upToDate(OpenRecording recording, TimeRange range) {
        RangeReport report = recording.report(range);
        while (!report.upToDate()) {
            report = recording.report(range);
        }
        return Objects.requireNonNull(report.report());
    }

    private static void awaitRequests(OpenRecording recording, int requests) {
        while (recording.view().requests().size() < requests) {
            recording.follow();
        }
    }

    private static OpenRecording open(Path file) {
        OpenRecording recording = OpenRecording.open(file, CheckContext.DEFAULT);
        recording.follow();
        return recording;
    }

    /** What the checks say of the part where each trace of the whole is looked at. */
    private static RunReport judged(Path file, TimeRange range) {
        RunReporter reporter = new RunReporter(CheckContext.DEFAULT);
        try (RecordingReader reader = RecordingReader.open(file)) {
            reader.replay(new TraceSink() {
                @Override
                public void run(RunInfo info) {
                    reporter.run(info);
                }

                @Override
                public void request(RequestTrace trace) {
                    if (range.contains(trace.request().startNanos())) {
                        reporter.request(trace);
                    }
                }

                @Override
                public void outside(Query query) {
                    if (range.contains(query.startNanos())) {
                        reporter.outside(query);
                    }
                }

                @Override
                public void connection(Connection connection) {
                    if (range.contains(connection.openedNanos())) {
                        reporter.connection(connection);
                    }
                }

                @Override
                public void event(Event event) {
                    if (range.contains(event.nanos())) {
                        reporter.event(event);
                    }
                }
            });
        }
        return reporter.report(List.of(), LocalDate.EPOCH);
    }
}
