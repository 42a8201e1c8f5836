package dev.headroom.core.check;

import dev.headroom.core.trace.CallSite;
import dev.headroom.core.trace.Query;
import dev.headroom.core.trace.QueryShape;
import dev.headroom.core.trace.ResponseValues;
import dev.headroom.core.trace.ResultColumn;
import dev.headroom.core.trace.StatementKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds results with many more rows than the response shows, and large results that nothing limits. A row counts as
 * shown when any of its values that is long enough to be told apart is among the response's.
 */
public final class TooManyRowsCheck implements Check {
    /** The check's name. */
    public static final String ID = "too-many-rows";

    private static final int MANY_ROWS = 1_000;
    private static final int NOTABLE_ROWS = 100;
    private static final double FEW_SHOWN = 0.2;

    /** Shorter values are in most responses by chance. */
    private static final int DISTINCTIVE_BYTES = 8;

    @Override
    public String id() {
        return ID;
    }

    @Override
    public CheckRun start(CheckContext context) {
        return new Run(context.statistics());
    }

    private static final class Run implements CheckRun {
        private final Tallies<Tally> tallies = new Tallies<>();
        private final DatabaseStatistics statistics;
        private long judged;
        private long couldNot;

        Run(DatabaseStatistics statistics) {
            this.statistics = statistics;
        }

        @Override
        public void request(RequestView view) {
            boolean unread = false;
            for (Query query : view.statements()) {
                if (query.rows() >= NOTABLE_ROWS
                        && query.shape().kind() == StatementKind.SELECT
                        && !SystemCatalogue.only(query.shape())) {
                    unread |= !RowSight.canSearch(view);
                    judge(view, query);
                }
            }
            if (unread) {
                couldNot++;
            } else {
                judged++;
            }
        }

        private void judge(RequestView view, Query query) {
            double shown =
                    RowSight.canSearch(view) ? shownShare(query, view.trace().response()) : -1;
            boolean unlimited = !isLimited(query.shape());
            boolean few = shown >= 0 && shown <= FEW_SHOWN;
            if (!few && !(unlimited && query.rows() >= MANY_ROWS && shown < 0)) {
                return;
            }
            Tally tally = tallies.of(
                    List.of(view.operation(), query.shape().id()),
                    () -> new Tally(view.operation(), query.shape(), query.callSite()));
            if (tally != null) {
                tally.add(query, few ? shown : -1, unlimited);
            }
        }

        /** The share of rows of which something shows; -1 where that cannot be told. */
        private static double shownShare(Query query, ResponseValues response) {
            if (!response.separate()) {
                return -1;
            }
            RowSight sight = new RowSight(response);
            double most = -1;
            for (ResultColumn column : query.columns()) {
                int rows = column.values().size();
                if (rows >= NOTABLE_ROWS && column.bytes() >= (query.rows() - column.nulls()) * DISTINCTIVE_BYTES) {
                    int seen = 0;
                    for (int row = 0; row < rows; row++) {
                        seen += ResponseSearch.shows(response, column.values().get(row)) ? 1 : 0;
                    }
                    if (seen == 0 && isShownInPart(sight, column)) {
                        return -1; // shown, but cut or with markup in it: how many of them cannot be told
                    }
                    most = Math.max(most, (double) seen / rows);
                }
            }
            return most;
        }

        private static boolean isShownInPart(RowSight sight, ResultColumn column) {
            for (RowSight.Fate fate : sight.fates(column)) {
                if (fate == RowSight.Fate.SEEN) {
                    return true;
                }
            }
            return false;
        }

        private static boolean isLimited(QueryShape shape) {
            return shape.text().contains(" LIMIT ") || shape.text().contains(" FETCH first ");
        }

        @Override
        public List<Finding> findings() {
            return tallies.all().stream()
                    .map(tally -> tally.finding(statistics))
                    .toList();
        }

        @Override
        public CheckCoverage coverage() {
            return new CheckCoverage(ID, judged, couldNot, couldNot > 0 ? "the response was not read as text" : null);
        }
    }

    private static final class Tally {
        private final String operation;
        private final QueryShape shape;
        private final @Nullable CallSite site;
        private long executions;
        private long rows;
        private long bytes;
        private long nanos;
        private long most;
        private double unseen;
        private long compared;
        private boolean unlimited;

        Tally(String operation, QueryShape shape, @Nullable CallSite site) {
            this.operation = operation;
            this.shape = shape;
            this.site = site;
        }

        void add(Query query, double shown, boolean noLimit) {
            executions++;
            rows += query.rows();
            bytes += query.bytes();
            nanos += query.nanos();
            most = Math.max(most, query.rows());
            unlimited |= noLimit;
            if (shown >= 0) {
                compared++;
                unseen += 1 - shown;
            }
        }

        Finding finding(DatabaseStatistics statistics) {
            boolean seen = compared * 2 > executions;
            double share = seen ? unseen / compared : 0;
            FindingDraft draft = new FindingDraft(ID, seen ? Evidence.LIKELY : Evidence.HINT, Level.PROBLEM, operation)
                    .shape(shape)
                    .at(site)
                    .cost(executions, new Cost(0, (long) (nanos * share), (long) (rows * share), (long)
                            (bytes * share)))
                    .detail("rowsPerExecution", rows / executions)
                    .detail("mostRows", most);
            if (seen) {
                draft.explain("values of " + Words.percent(1 - share) + " of the rows were seen in the response")
                        .detail("shownShare", 1 - share);
            }
            if (unlimited) {
                draft.explain("no LIMIT: it grows with the table" + tableSize(statistics));
            }
            return draft.finding(
                    Remedy.FEWER_ROWS,
                    Words.count(rows / executions, "row is", "rows are") + " fetched"
                            + (seen ? ", few of them show in the response" : " at once"));
        }

        private String tableSize(DatabaseStatistics statistics) {
            String table = shape.tables().isEmpty() ? "" : shape.tables().get(0);
            long size = statistics.rows(table);
            return size > 0 ? " (" + table + " has about " + Words.count(size, "row", "rows") + ")" : "";
        }
    }
}
