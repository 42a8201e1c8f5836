package dev.headroom.server.compare;

import dev.headroom.core.report.JvmSummary;
import dev.headroom.core.report.MemorySummary;
import dev.headroom.core.report.RunReport;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run used at most: one figure a run has no spread, so that two of them are shown side by side and not judged.
 * Null where unknown.
 *
 * @param memorySamples how many samples {@code memoryBytes} is the highest of
 * @param memoryBytes peak of the app's processes
 * @param heapBytes peak of its Java heaps in use
 * @param heapMaxBytes what these may grow to
 * @param metaspaceBytes peak of metaspace
 * @param collections pauses for garbage collection
 * @param collectionNanos time of those pauses
 */
public record RunPeaks(
        @Nullable Long memorySamples,
        @Nullable Long memoryBytes,
        @Nullable Long heapBytes,
        @Nullable Long heapMaxBytes,
        @Nullable Long metaspaceBytes,
        @Nullable Long collections,
        @Nullable Long collectionNanos) {
    static RunPeaks of(RunReport report) {
        MemorySummary memory = report.summary().memory();
        JvmSummary jvm = report.summary().jvm();
        boolean told = jvm != null && jvm.processes() > 0;
        return new RunPeaks(
                memory == null ? null : memory.samples(),
                memory == null
                        ? null
                        : figure(memory.proportionalBytes() > 0 ? memory.proportionalBytes() : memory.residentBytes()),
                jvm == null ? null : figure(jvm.usedBytes()),
                jvm == null ? null : figure(jvm.maxBytes()),
                jvm == null ? null : figure(jvm.metaspaceBytes()),
                jvm != null && told ? jvm.collections() : null,
                jvm != null && told ? jvm.collectionNanos() : null);
    }

    private static @Nullable Long figure(long value) {
        return value < 0 ? null : value;
    }

    /** By the names of JSON. */
    Map<String, @Nullable Object> map() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("memorySamples", memorySamples);
        map.put("memoryBytes", memoryBytes);
        map.put("heapBytes", heapBytes);
        map.put("heapMaxBytes", heapMaxBytes);
        map.put("metaspaceBytes", metaspaceBytes);
        map.put("collections", collections);
        map.put("collectionNanos", collectionNanos);
        return map;
    }
}
