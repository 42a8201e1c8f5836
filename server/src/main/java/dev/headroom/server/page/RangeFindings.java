package dev.headroom.server.page;

import dev.headroom.core.report.RunReport;
import dev.headroom.core.report.RunReporter;
import dev.headroom.core.trace.RequestTrace;
import dev.headroom.core.trace.RunInfo;
import dev.headroom.server.compare.Comparison;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Which findings of a run show in the requests of a part of it, with their figures there: the checks are run on these
 * requests alone. A check that lacks its other facts there (of the database, of memory) adds nothing that it does not
 * say of the whole run.
 *
 * @param requests how many requests began in that part
 * @param report the checks' report on them; null where they are more than can be judged at once
 * @param known the ids of the findings of the whole run
 */
record RangeFindings(int requests, @Nullable RunReport report, Set<String> known) {
    /** More requests are not judged: the page would wait for them. */
    static final int MOST_REQUESTS = 500;

    /** The same of their statements. */
    static final int MOST_STATEMENTS = 10_000;

    static RangeFindings of(OpenRecording recording, TimeRange range, RunReport whole) {
        RunView view = recording.view();
        List<long[]> inside = view.ask(each -> IntStream.range(
                        0, each.requests().size())
                .filter(i -> range.contains(each.requests().start(i)))
                .mapToObj(
                        i -> new long[] {each.requests().id(i), each.requests().statements(i)})
                .toList());
        long statements = inside.stream().mapToLong(each -> each[1]).sum();
        Set<String> known = Comparison.ids(whole.findings());
        if (inside.size() > MOST_REQUESTS || statements > MOST_STATEMENTS) {
            return new RangeFindings(inside.size(), null, known);
        }
        RunReporter reporter = new RunReporter(view.context());
        view.ask(each -> {
            RunInfo info = each.info();
            if (info != null) {
                reporter.run(info);
            }
            return true;
        });
        for (long[] each : inside) {
            RequestTrace trace = recording.request(each[0]);
            if (trace != null) {
                reporter.request(trace);
            }
        }
        return new RangeFindings(inside.size(), reporter.report(List.of(), LocalDate.EPOCH), known);
    }
}
