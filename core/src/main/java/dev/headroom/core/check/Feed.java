package dev.headroom.core.check;

import dev.headroom.core.trace.QueryShape;

/**
 * The column whose values a repeated query asks with.
 *
 * @param column the column
 * @param source the query that returned it
 * @param target the column that the repeated query compares with
 * @param oneQuery whether one execution of {@code source} returned all of the values
 * @param values distinct values that the repeats asked with
 * @param found how many of them the column held
 */
record Feed(ColumnName column, QueryShape source, ColumnName target, boolean oneQuery, int values, int found) {}
