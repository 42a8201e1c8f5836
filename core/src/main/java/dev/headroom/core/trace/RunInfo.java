package dev.headroom.core.trace;

import java.util.Map;

/**
 * What was run, where and when.
 *
 * @param command the command as given, arguments whose names look secret blanked
 * @param startedAtMillis wall clock, milliseconds since 1970
 * @param startedNanos the same moment on the monotonic clock that all times of the recording are of
 * @param headroomVersion the version that recorded
 * @param details further facts by name, e.g. {@code os}, {@code processors}, {@code memory.limit.bytes}
 */
public record RunInfo(
        String command, long startedAtMillis, long startedNanos, String headroomVersion, Map<String, String> details) {
    public RunInfo {
        details = Map.copyOf(details);
    }
}
