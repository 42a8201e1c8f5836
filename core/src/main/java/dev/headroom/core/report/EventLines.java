package dev.headroom.core.report;

import dev.headroom.core.trace.Event;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The events of a run in a few lines: in their order, what is the same in one line, and where there are too many, those
 * that tell of trouble rather than those of every run.
 */
final class EventLines {
    private EventLines() {}

    /** Events of one kind and text. */
    private record Same(Event.Kind kind, String text) {
        static Same of(Event event) {
            return new Same(event.kind(), event.text());
        }

        int rank() {
            return switch (kind) {
                case APP_EXITED -> 0;
                case APP_LISTENING, INSTRUMENTATION -> 2;
                case APP_STARTED -> 3;
                default -> 1;
            };
        }
    }

    /** At most {@code most} lines, and one more that counts the events that are in none. */
    static List<String> of(Summary summary, int most) {
        Map<Same, Long> times = summary.events().stream()
                .collect(Collectors.groupingBy(Same::of, LinkedHashMap::new, Collectors.counting()));
        Set<Same> shown = times.keySet().stream()
                .sorted(Comparator.comparingInt(Same::rank))
                .limit(most)
                .collect(Collectors.toSet());
        List<String> lines = new ArrayList<>();
        long more = summary.moreEvents();
        for (Map.Entry<Same, Long> each : times.entrySet()) {
            long count = each.getValue();
            if (shown.contains(each.getKey())) {
                lines.add("event: " + each.getKey().text()
                        + times(summary, each.getKey().kind(), count));
            } else {
                more += count;
            }
        }
        if (more > 0) {
            lines.add("and " + Figures.of(more, "event", "events") + " more");
        }
        return lines;
    }

    private static String times(Summary summary, Event.Kind kind, long count) {
        long kept =
                summary.events().stream().filter(event -> event.kind() == kind).count();
        boolean all = summary.moreEvents() == 0 || kept < RunSummary.MAX_EVENTS_OF_A_KIND;
        return all && count == 1 ? "" : " (" + (all ? "" : "at least ") + Figures.of(count, "time", "times") + ")";
    }
}
