package dev.headroom.core.check;

import dev.headroom.core.trace.Digests;
import dev.headroom.core.trace.Query;
import dev.headroom.core.trace.ResultColumn;
import dev.headroom.core.trace.StatementKind;
import java.util.List;

/**
 * Finds requests that run very many different statements, and notes runs of look-ups that wait for each other though
 * none needs another's answer.
 */
public final class ChattyRequestCheck implements Check {
    /** The check's name. */
    public static final String ID = "chatty-request";

    private static final int MANY_SHAPES = 30;
    private static final int MIN_RUN = 3;
    private static final int MAX_RUN = 64;
    private static final long WORTHWHILE_NANOS = 50_000_000;

    @Override
    public String id() {
        return ID;
    }

    @Override
    public CheckRun start(CheckContext context) {
        return new TallyingRun<>(ID, ChattyRequestCheck::judge, Tally::finding);
    }

    private static void judge(RequestView view, Tallies<Tally> tallies) {
        int shapes = 0;
        for (ShapeGroup group : view.groups()) {
            shapes += SystemCatalogue.only(group.shape()) ? 0 : 1;
        }
        long saved = longestWait(view.statements());
        if (shapes >= MANY_SHAPES || saved >= WORTHWHILE_NANOS) {
            Tally tally = tallies.of(view.operation(), () -> new Tally(view.operation()));
            if (tally != null) {
                tally.add(view, shapes, saved);
            }
        }
    }

    /** What the best run of independent look-ups would save if they ran at the same time. */
    private static long longestWait(List<Query> statements) {
        long best = 0;
        int from = 0;
        for (int i = 1; i <= statements.size(); i++) {
            if (i < statements.size() && i - from < MAX_RUN && continues(statements, from, i)) {
                continue;
            }
            best = Math.max(best, i - from >= MIN_RUN ? saved(statements.subList(from, i)) : 0);
            from = i;
        }
        return best;
    }

    private static long saved(List<Query> run) {
        long sum = 0;
        long longest = 0;
        for (Query query : run) {
            sum += query.nanos();
            longest = Math.max(longest, query.nanos());
        }
        // Only a run that is worth it is looked at closely.
        return sum - longest >= WORTHWHILE_NANOS && areIndependent(run) ? sum - longest : 0;
    }

    private static boolean continues(List<Query> statements, int from, int index) {
        Query query = statements.get(index);
        Query before = statements.get(index - 1);
        boolean reads = query.shape().kind() == StatementKind.SELECT
                && statements.get(from).shape().kind() == StatementKind.SELECT;
        return reads
                && query.startNanos() >= before.endNanos()
                && query.shape().id() != before.shape().id();
    }

    private static boolean areIndependent(List<Query> run) {
        DigestSet answered = new DigestSet();
        for (Query query : run) {
            Digests values = query.values();
            for (int i = 0; i < values.size(); i++) {
                if (answered.contains(values.get(i))) {
                    return false;
                }
            }
            for (ResultColumn column : query.columns()) {
                for (int row = 0; row < column.values().size(); row++) {
                    answered.add(column.values().get(row));
                }
            }
        }
        return true;
    }

    private static final class Tally {
        private final String operation;
        private long requests;
        private long chatty;
        private long shapes;
        private long saved;
        private long nanos;

        Tally(String operation) {
            this.operation = operation;
        }

        void add(RequestView view, int requestShapes, long requestSaved) {
            requests++;
            chatty += requestShapes >= MANY_SHAPES ? 1 : 0;
            shapes += requestShapes;
            saved += requestSaved;
            for (Query query : view.statements()) {
                nanos += query.nanos();
            }
        }

        Finding finding() {
            boolean many = chatty * 2 > requests;
            FindingDraft draft = new FindingDraft(ID, Evidence.HINT, many ? Level.PROBLEM : Level.NOTE, operation)
                    .identity("")
                    .cost(requests, new Cost(0, saved, 0, 0))
                    .detail("differentStatementsPerRequest", shapes / requests)
                    .detail("databaseNanosPerRequest", nanos / requests);
            if (saved > 0) {
                draft.explain("look-ups that do not need each other's answers wait for each other: up to "
                        + Words.time((double) saved / requests) + " a request");
            }
            return draft.finding(
                    Remedy.FEWER_STATEMENTS,
                    many
                            ? (shapes / requests) + " different statements a request"
                            : "independent look-ups run one after another");
        }
    }
}
