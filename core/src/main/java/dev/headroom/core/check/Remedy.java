package dev.headroom.core.check;

/** What kind of change helps. The words for it depend on the user's framework: see {@link Advice}. */
public enum Remedy {
    /** Load the one related row together with each row that refers to it. */
    LOAD_ONE_TOGETHER,
    /** Load the related rows of all rows with one more query. */
    LOAD_MANY_TOGETHER,
    /** Count, or aggregate otherwise, for all rows with one query. */
    AGGREGATE_TOGETHER,
    /** Load rows at once by their keys, which an earlier query of the same table had. */
    LOAD_BY_KEYS,
    /** Ask once and keep the answer for the rest of the request. */
    ASK_ONCE,
    /** Fetch fewer columns. */
    FEWER_COLUMNS,
    /** Fetch fewer rows: a limit, pages, or counting in the database. */
    FEWER_ROWS,
    /** Write many rows with one statement. */
    WRITE_TOGETHER,
    /** Keep connections between requests. */
    POOL_CONNECTIONS,
    /** Hold the transaction only while statements run. */
    SHORTEN_TRANSACTION,
    /** One transaction around what belongs together. */
    ONE_TRANSACTION,
    /** Make the statement itself faster: an index, a narrower predicate. */
    FASTER_STATEMENT,
    /** Split a join that multiplies rows. */
    SPLIT_JOIN,
    /** Keep the statement from failing. */
    AVOID_FAILURE,
    /** Merge or drop statements of a request that runs many different ones. */
    FEWER_STATEMENTS
}
