package dev.headroom.server.page;

import dev.headroom.core.trace.MemorySample;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Memory samples as columns of bytes; null where a bucket has no sample or a figure could not be had. */
final class MemoryAnswer {
    private MemoryAnswer() {}

    static Map<String, Object> columns(@Nullable MemorySample[] samples) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("proportional", column(samples, MemorySample::proportionalBytes));
        map.put("resident", column(samples, MemorySample::residentBytes));
        map.put("swap", column(samples, MemorySample::swapBytes));
        map.put("group", column(samples, MemorySample::groupBytes));
        map.put("groupLimit", column(samples, MemoryAnswer::limit));
        map.put("threads", column(samples, MemorySample::threads));
        map.put("processes", column(samples, MemorySample::processes));
        map.put("openFiles", column(samples, MemorySample::openFiles));
        return map;
    }

    /** A limit that no machine has stands for none. */
    private static long limit(MemorySample sample) {
        return sample.groupLimitBytes() > 1L << 50 ? MemorySample.MISSING : sample.groupLimitBytes();
    }

    private static List<@Nullable Object> column(
            @Nullable MemorySample[] samples, ToLongFunction<MemorySample> figure) {
        List<@Nullable Object> column = new ArrayList<>(samples.length);
        for (MemorySample sample : samples) {
            long value = sample == null ? MemorySample.MISSING : figure.applyAsLong(sample);
            column.add(value < 0 ? null : value);
        }
        return column;
    }
}
