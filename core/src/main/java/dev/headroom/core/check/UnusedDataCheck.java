package dev.headroom.core.check;

import dev.headroom.core.trace.Query;
import dev.headroom.core.trace.ResultColumn;
import dev.headroom.core.trace.StatementKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds columns of text that a route fetches and of which no value was ever seen in its responses. Only values that are
 * long enough to be told apart count; a column that fed another query, or of which one value was seen once, is used. In
 * running text, such as HTML, only rows of which other columns were seen count.
 */
public final class UnusedDataCheck implements Check {
    /** The check's name. */
    public static final String ID = "unused-data";

    /** On average; shorter values are in responses by chance, or hide in formatted text. */
    private static final int DISTINCTIVE_BYTES = 12;

    /** What frameworks keep for themselves. */
    private static final Set<String> INTERNAL = Set.of(
            "django_session",
            "django_content_type",
            "auth_permission",
            "spring_session",
            "spring_session_attributes",
            "flyway_schema_history",
            "databasechangelog");

    @Override
    public String id() {
        return ID;
    }

    @Override
    public CheckRun start(CheckContext context) {
        return new Run();
    }

    private static final class Run implements CheckRun {
        private final Tallies<UnusedDataTally> tallies = new Tallies<>();
        private long judged;
        private long couldNot;

        @Override
        public void request(RequestView view) {
            boolean candidates = false;
            boolean searchable = RowSight.canSearch(view);
            RowSight sight = new RowSight(view.trace().response());
            DigestSet asked = null;
            for (Query query : view.statements()) {
                if (query.shape().kind() != StatementKind.SELECT
                        || query.rows() == 0
                        || SystemCatalogue.only(query.shape())) {
                    continue;
                }
                boolean[] shownRows = null;
                for (ResultColumn column : query.columns()) {
                    if (isCandidate(query, column)) {
                        candidates = true;
                        if (searchable) {
                            asked = asked == null ? asked(view.statements()) : asked;
                            shownRows = shownRows == null ? sight.shownRows(query) : shownRows;
                            add(view, query, column, sight.fates(column), shownRows, asked);
                        }
                    }
                }
            }
            if (candidates && !searchable) {
                couldNot++;
            } else {
                judged++;
            }
        }

        private static boolean isCandidate(Query query, ResultColumn column) {
            long values = query.rows() - column.nulls();
            return column.table() != null
                    && column.column() != null
                    && ColumnTypes.isText(column.typeOid())
                    && column.values().size() > 0
                    && values > 0
                    && column.bytes() >= values * DISTINCTIVE_BYTES
                    && !INTERNAL.contains(column.table());
        }

        private static DigestSet asked(List<Query> statements) {
            DigestSet asked = new DigestSet();
            for (Query query : statements) {
                for (int i = 0; i < query.values().size(); i++) {
                    asked.add(query.values().get(i));
                }
            }
            return asked;
        }

        private void add(
                RequestView view,
                Query query,
                ResultColumn column,
                RowSight.Fate[] fates,
                boolean[] shownRows,
                DigestSet asked) {
            String table = column.table();
            String name = column.column();
            if (table == null || name == null) {
                return;
            }
            UnusedDataTally tally =
                    tallies.of(List.of(view.operation(), table), () -> new UnusedDataTally(view.operation(), table));
            UnusedDataTally.Column into = tally == null ? null : tally.fetched(view, query, name, column);
            if (into == null) {
                return;
            }
            boolean anyText = !view.trace().response().separate();
            boolean[] wordless = new boolean[fates.length];
            int wordlessRows = 0;
            for (int row = 0; row < fates.length; row++) {
                long value = column.values().get(row);
                if (fates[row] == RowSight.Fate.SEEN || asked.contains(value)) {
                    into.used();
                } else if (isNotSeen(fates[row]) && (!anyText || shownRows[row])) {
                    // in running text, only a row that is shown tells that the column is not
                    into.notSeen(value, anyText);
                    wordless[row] = fates[row] == RowSight.Fate.NO_WORD_SEEN;
                    wordlessRows += wordless[row] ? 1 : 0;
                } else if (fates[row] == RowSight.Fate.IN_DOUBT) {
                    into.inDoubt();
                }
            }
            if (wordlessRows >= UnusedDataTally.MIN_VALUES && differ(query, column, wordless)) {
                into.tells(anyText);
            }
        }

        private static boolean isNotSeen(RowSight.Fate fate) {
            return fate == RowSight.Fate.NOT_SEEN || fate == RowSight.Fate.NO_WORD_SEEN;
        }

        /** Whether enough of these rows differ in any column of their table, so that one row is not counted twice. */
        private static boolean differ(Query query, ResultColumn column, boolean[] rows) {
            Set<Long> different = new HashSet<>();
            for (ResultColumn other : query.columns()) {
                if (other.tableOid() == column.tableOid()) {
                    different.clear();
                    for (int row = 0; row < Math.min(rows.length, other.values().size()); row++) {
                        if (rows[row]) {
                            different.add(other.values().get(row));
                        }
                    }
                    if (different.size() >= UnusedDataTally.MIN_VALUES) {
                        return true;
                    }
                }
            }
            return false;
        }

        @Override
        public List<Finding> findings() {
            List<Finding> findings = new ArrayList<>();
            for (UnusedDataTally tally : tallies.all()) {
                tally.addTo(findings);
            }
            return findings;
        }

        @Override
        public CheckCoverage coverage() {
            return new CheckCoverage(ID, judged, couldNot, couldNot > 0 ? "the response was not read whole" : null);
        }
    }
}
