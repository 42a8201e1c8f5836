package dev.headroom.core.check;

import dev.headroom.core.trace.CallSite;
import dev.headroom.core.trace.Digests;
import dev.headroom.core.trace.Query;
import dev.headroom.core.trace.QueryShape;
import dev.headroom.core.trace.StatementKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds queries that a request ran before with the same values, with the same answer, and with no write in between that
 * could have changed it.
 */
public final class DuplicateQueryCheck implements Check {
    /** The check's name. */
    public static final String ID = "duplicate-query";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public CheckRun start(CheckContext context) {
        return new Run();
    }

    private static final class Run implements CheckRun {
        private static final int MAX_FINDINGS = 5_000;
        private static final Pattern LOCKING = Pattern.compile("(?i) for (?:no key |key )?(?:update|share)\\b");

        private final Map<Key, Tally> tallies = new LinkedHashMap<>();
        private long judged;
        private long couldNot;

        @Override
        public void request(RequestView view) {
            boolean cannotTell = false;
            for (ShapeGroup group : view.groups()) {
                if (group.queries().size() >= 2 && isRead(group.shape())) {
                    if (group.shape().truncated() || !group.queries().get(0).valuesComplete()) {
                        cannotTell = true;
                    } else {
                        judge(view, group);
                    }
                }
            }
            if (cannotTell) {
                couldNot++;
            } else {
                judged++;
            }
        }

        /** Sequences, locks and functions answer otherwise each time. */
        private static boolean isRead(QueryShape shape) {
            return shape.kind() == StatementKind.SELECT
                    && !shape.tables().isEmpty()
                    && !SystemCatalogue.only(shape)
                    && !LOCKING.matcher(shape.text()).find()
                    && !shape.text().contains("nextval(");
        }

        private void judge(RequestView view, ShapeGroup group) {
            Map<Digests, Query> known = new HashMap<>();
            TableWrites writes = TableWrites.of(view, group.shape());
            Cost wasted = Cost.ZERO;
            long most = 1;
            Map<Digests, Integer> times = new HashMap<>();
            Query example = group.queries().get(0);
            for (Query query : group.queries()) {
                if (!query.valuesComplete() || query.sqlState() != null) {
                    continue;
                }
                Query before = known.put(query.values(), query);
                if (before == null
                        || before.rows() != query.rows()
                        || before.bytes() != query.bytes()
                        || otherValues(before, query)
                        || writes.between(before, query)) {
                    continue;
                }
                wasted = wasted.plus(new Cost(1, query.nanos(), query.rows(), query.bytes()));
                int count = times.merge(query.values(), 1, Integer::sum) + 1;
                if (count > most) {
                    most = count;
                    example = query;
                }
            }
            if (wasted.statements() > 0) {
                add(view, group.shape(), example.callSite(), wasted, most);
            }
        }

        /** Whether the answers differ as far as both were captured: being of one size doesn't make them the same. */
        private static boolean otherValues(Query one, Query other) {
            int columns = Math.min(one.columns().size(), other.columns().size());
            for (int i = 0; i < columns; i++) {
                Digests before = one.columns().get(i).values();
                Digests now = other.columns().get(i).values();
                if (before.size() == now.size() && !before.equals(now)) {
                    return true;
                }
            }
            return false;
        }

        private void add(RequestView view, QueryShape shape, @Nullable CallSite site, Cost wasted, long most) {
            Key key = new Key(view.operation(), shape.id());
            Tally tally = tallies.get(key);
            if (tally == null) {
                if (tallies.size() >= MAX_FINDINGS) {
                    return;
                }
                tally = new Tally(view.operation(), shape, site);
                tallies.put(key, tally);
            }
            tally.requests++;
            tally.total = tally.total.plus(wasted);
            tally.most = Math.max(tally.most, most);
            tally.mostWasted = Math.max(tally.mostWasted, wasted.statements());
        }

        @Override
        public List<Finding> findings() {
            return tallies.values().stream().map(Tally::finding).toList();
        }

        @Override
        public CheckCoverage coverage() {
            return new CheckCoverage(
                    ID, judged, couldNot, couldNot > 0 ? "statements or values were not read whole" : null);
        }
    }

    private record Key(String operation, long shape) {}

    private static final class Tally {
        private final String operation;
        private final QueryShape shape;
        private final @Nullable CallSite site;
        private long requests;
        private Cost total = Cost.ZERO;
        private long most;
        private long mostWasted;

        Tally(String operation, QueryShape shape, @Nullable CallSite site) {
            this.operation = operation;
            this.shape = shape;
            this.site = site;
        }

        Finding finding() {
            Cost perRequest = total.dividedBy(requests);
            long typical = Math.max(1, perRequest.statements());
            List<String> explanation = new ArrayList<>();
            explanation.add("same statement, same values, same answer, and no write to "
                    + String.join(", ", shape.tables()) + " in between");
            explanation.add("up to " + most + " times with one set of values");
            return new Finding(
                    FindingId.of(ID, operation, List.of(shape), null),
                    ID,
                    Evidence.PROVEN,
                    Level.PROBLEM,
                    operation,
                    List.of(shape),
                    site,
                    typical + (typical == 1 ? " query" : " queries") + " a request had been answered before",
                    explanation,
                    requests,
                    perRequest,
                    total,
                    Remedy.ASK_ONCE,
                    List.of(),
                    List.of(),
                    Map.of("mostWithOneSetOfValues", most, "mostDuplicatesInOneRequest", mostWasted));
        }
    }
}
