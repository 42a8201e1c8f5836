package dev.headroom.core.check;

import dev.headroom.core.trace.CallSite;
import dev.headroom.core.trace.Query;
import dev.headroom.core.trace.QueryShape;
import dev.headroom.core.trace.ResultColumn;
import dev.headroom.core.trace.StatementKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds results with hundreds of columns, and joins whose rows are the product of two lists. */
public final class WideResultCheck implements Check {
    /** The check's name. */
    public static final String ID = "wide-result";

    private static final int MANY_COLUMNS = 200;
    private static final int NOTABLE_ROWS = 100;

    /** A join is a product where it has this many times more rows than its tables have together. */
    private static final int PRODUCT = 3;

    @Override
    public String id() {
        return ID;
    }

    @Override
    public CheckRun start(CheckContext context) {
        return new TallyingRun<>(ID, WideResultCheck::judge, Tally::finding);
    }

    private static void judge(RequestView view, Tallies<Tally> tallies) {
        for (Query query : view.statements()) {
            if (query.shape().kind() == StatementKind.SELECT && !SystemCatalogue.only(query.shape())) {
                int columns = query.columns().size();
                long distinct = query.rows() >= NOTABLE_ROWS && columns > 1 ? distinctKeys(query) : 0;
                boolean product = distinct > 0 && sampledRows(query) > distinct * PRODUCT;
                if (columns >= MANY_COLUMNS || product) {
                    add(view, query, product ? distinct : 0, tallies);
                }
            }
        }
    }

    /** Rows of all joined tables together, by their keys, in the rows that were looked at; 0 where unknown. */
    private static long distinctKeys(Query query) {
        Map<String, DigestSet> keys = new HashMap<>();
        for (ResultColumn column : query.columns()) {
            String table = column.table();
            String name = column.column();
            if (table != null && name != null && KeyRelation.isOwnKey(new ColumnName(table, name))) {
                DigestSet values = new DigestSet();
                for (int row = 0; row < column.values().size(); row++) {
                    values.add(column.values().get(row));
                }
                keys.putIfAbsent(table, values);
            }
        }
        if (keys.size() < 3) {
            return 0; // a parent and one list: as many rows as the list has
        }
        return keys.values().stream().mapToLong(DigestSet::size).sum();
    }

    private static long sampledRows(Query query) {
        return query.columns().get(0).values().size();
    }

    private static void add(RequestView view, Query query, long distinct, Tallies<Tally> tallies) {
        Tally tally = tallies.of(
                List.of(view.operation(), query.shape().id()),
                () -> new Tally(view.operation(), query.shape(), query.callSite()));
        if (tally != null) {
            tally.add(query, distinct, sampledRows(query));
        }
    }

    private static final class Tally {
        private final String operation;
        private final QueryShape shape;
        private final @Nullable CallSite site;
        private long executions;
        private long rows;
        private long bytes;
        private int columns;
        private long products;
        private double surplus;

        Tally(String operation, QueryShape shape, @Nullable CallSite site) {
            this.operation = operation;
            this.shape = shape;
            this.site = site;
        }

        void add(Query query, long distinct, long sampled) {
            executions++;
            rows += query.rows();
            bytes += query.bytes();
            columns = Math.max(columns, query.columns().size());
            if (distinct > 0) {
                products++;
                surplus += 1 - (double) distinct / sampled;
            }
        }

        Finding finding() {
            if (products * 2 >= executions) {
                double share = surplus / products;
                return new FindingDraft(ID, Evidence.PROVEN, Level.PROBLEM, operation)
                        .shape(shape)
                        .at(site)
                        .cost(executions, new Cost(0, 0, (long) (rows * share), (long) (bytes * share)))
                        .explain("by their keys, the joined tables contributed " + Words.percent(1 - share)
                                + " as many rows as came")
                        .detail("rowsPerExecution", rows / executions)
                        .detail("surplusShare", share)
                        .finding(
                                Remedy.SPLIT_JOIN,
                                "a join of two lists returns their product: "
                                        + Words.count(rows / executions, "row", "rows"));
            }
            return new FindingDraft(ID, Evidence.HINT, Level.NOTE, operation)
                    .shape(shape)
                    .at(site)
                    .cost(executions, new Cost(0, 0, 0, bytes))
                    .detail("columns", columns)
                    .finding(Remedy.FEWER_COLUMNS, "a result has " + columns + " columns");
        }
    }
}
