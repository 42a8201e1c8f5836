package dev.headroom.core.report;

/**
 * The transactions of a job that begin with the same statement.
 *
 * @param begins the normalised text of their first statement; empty for statements outside any transaction, which count
 *     as one group
 * @param times how many transactions; 0 for the group outside any
 * @param statements statements of all together, without BEGIN and the like
 * @param statementsMedian statements of the median transaction
 * @param statementsMax statements of the transaction with the most
 * @param nanos time of all their statements together
 * @param repeated the statement that ran most often in one of them, its normalised text
 * @param repeatedTimes how often it ran in that one
 */
public record TransactionGroup(
        String begins,
        long times,
        long statements,
        long statementsMedian,
        long statementsMax,
        long nanos,
        String repeated,
        long repeatedTimes) {
    public TransactionGroup {
        if (statements <= 0) {
            throw new IllegalArgumentException("a group of transactions has statements: " + statements);
        }
    }
}
