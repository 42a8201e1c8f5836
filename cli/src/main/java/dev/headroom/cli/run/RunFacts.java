package dev.headroom.cli.run;

import dev.headroom.cli.Version;
import dev.headroom.cli.sample.MemorySampler;
import dev.headroom.core.trace.RunInfo;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is recorded of a run before it begins. */
final class RunFacts {
    private RunFacts() {}

    static RunInfo of(List<String> command) {
        Map<String, String> details = new TreeMap<>();
        details.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        details.put("architecture", System.getProperty("os.arch"));
        details.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
        long limit = MemorySampler.groupLimitBytes();
        if (limit >= 0) {
            details.put("memory.limit.bytes", Long.toString(limit));
        }
        return new RunInfo(
                CommandText.of(command), System.currentTimeMillis(), System.nanoTime(), Version.current(), details);
    }
}
