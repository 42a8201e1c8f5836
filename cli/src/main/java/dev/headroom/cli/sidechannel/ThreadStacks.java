package dev.headroom.cli.sidechannel;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one thread or task of the app does, as instrumentation told: places in code, never a value.
 *
 * @param name the thread's name; empty where it has none
 * @param request the request that it serves, 0 for none
 * @param route that request's route; null where it is not known
 * @param seconds how long it has served it; 0 where it serves none
 * @param frames innermost first, each {@code file:line function}; none for what waits where it can't be read
 */
public record ThreadStacks(
        String name, long request, @Nullable String route, double seconds, List<String> frames) {
    private static final int MOST = 2_000;

    public ThreadStacks {
        frames = List.copyOf(frames);
    }

    /**
     * The threads of a process's answer, those that serve a request first, the longest one first.
     *
     * @throws IOException if it is no answer
     */
    public static List<ThreadStacks> parse(String answer) throws IOException {
        List<ThreadStacks> threads = new ArrayList<>();
        for (Object each : JSON.std.listFrom(answer)) {
            if (each instanceof Map<?, ?> thread && threads.size() < MOST) {
                List<String> frames = new ArrayList<>();
                if (thread.get("frames") instanceof List<?> told) {
                    told.forEach(frame -> frames.add(String.valueOf(frame)));
                }
                threads.add(new ThreadStacks(
                        thread.get("name") instanceof String name ? name : "",
                        thread.get("request") instanceof Number request ? request.longValue() : 0,
                        thread.get("route") instanceof String route ? route : null,
                        thread.get("nanos") instanceof Number nanos ? nanos.longValue() / 1e9 : 0,
                        frames));
            }
        }
        threads.sort(Comparator.comparing((ThreadStacks thread) -> thread.request() == 0)
                .thenComparing(Comparator.comparingDouble(ThreadStacks::seconds).reversed()));
        return threads;
    }

    /** The innermost frame that is not a library's or the language's own; else the innermost; empty for none. */
    public String place() {
        for (String frame : frames) {
            if (isOwn(frame)) {
                return frame;
            }
        }
        return frames.isEmpty() ? "" : frames.get(0);
    }

    /** Whether a frame lies in the app's own code, by where its file lies. */
    public static boolean isOwn(String frame) {
        return !frame.contains("/site-packages/")
                && !frame.contains("/dist-packages/")
                && !frame.contains("/lib/python")
                && !frame.contains("/_headroom/") // our instrumentation, in the private folder of the run
                && !frame.startsWith("<")
                && !frame.contains("/bin/");
    }
}
