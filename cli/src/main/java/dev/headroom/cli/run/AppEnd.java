package dev.headroom.cli.run;

import dev.headroom.core.report.RunReport;
import dev.headroom.core.report.Summary;
import dev.headroom.core.trace.Event;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the app ended.
 *
 * @param status its exit status
 * @param unheard how it ended soon and with an error before it listened anywhere, in words; null where it did not
 */
record AppEnd(int status, @Nullable String unheard) {
    private static final Set<Event.Kind> DATABASE_TROUBLES =
            EnumSet.of(Event.Kind.DATABASE_UNREACHABLE, Event.Kind.DATABASE_REFUSED);

    /** What to say of an end that came too soon, with what was seen of its cause; null for nothing. */
    @Nullable
    String explained(RunReport seen) {
        if (unheard == null) {
            return null;
        }
        Summary summary = seen.summary();
        for (Event event : summary.events()) {
            if (DATABASE_TROUBLES.contains(event.kind())) {
                return unheard + "; " + event.text();
            }
        }
        // who asks a database has not failed for want of a port: a job, a test suite
        return summary.total() > 0
                ? null
                : unheard + "; if it insists on a port of its own, give Headroom another with --port";
    }
}
