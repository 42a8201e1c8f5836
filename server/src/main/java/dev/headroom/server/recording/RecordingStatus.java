package dev.headroom.server.recording;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a recording lost or gave up so far.
 *
 * @param file the recording
 * @param lostRequests requests that could not be written
 * @param lostQueries executions that could not be written, alone or with their request
 * @param shedDetails requests that were written without their executions' detail because writing lagged behind
 * @param rotatedDetails requests whose detail was removed to stay below the cap; their counts are kept
 * @param rotatedRequests requests removed to stay below the cap; their route's totals are kept
 * @param rotatedOutside executions outside requests removed to stay below the cap
 * @param trouble why writing fails at present; null while it works
 * @param failure why writing failed last; null where it never did
 */
public record RecordingStatus(
        Path file,
        long lostRequests,
        long lostQueries,
        long shedDetails,
        long rotatedDetails,
        long rotatedRequests,
        long rotatedOutside,
        @Nullable String trouble,
        @Nullable String failure) {
    /** Whether everything that was told is in the file. */
    public boolean complete() {
        return lostRequests == 0
                && lostQueries == 0
                && shedDetails == 0
                && rotatedDetails == 0
                && rotatedRequests == 0
                && rotatedOutside == 0;
    }
}
