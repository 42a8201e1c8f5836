package dev.headroom.core.report;

import java.util.List;

/**
 * What a command ran that served no request: a job, a migration, a test suite.
 *
 * @param statements all its statements, without BEGIN and the like
 * @param shapes how many different ones, counted up to 10,000
 * @param transactions how many explicit transactions ran statements
 * @param nanos time of all statements together
 * @param groups in order of that time, the 200 that came first, one for the rest, and one for what ran outside of any
 */
public record JobSummary(long statements, long shapes, long transactions, long nanos, List<TransactionGroup> groups) {
    public JobSummary {
        groups = List.copyOf(groups);
    }
}
