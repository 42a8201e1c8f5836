package dev.headroom.server.page;

import com.sun.net.httpserver.HttpExchange;
import dev.headroom.core.HeadroomException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The plan of a statement of the run, when somebody clicks for it. It makes the database work, so it wants what another
 * site's page cannot bring: a POST with a header of its own that holds a word which only the page's answers tell. One at
 * a time. Thread-safe.
 */
final class PlanAnswers {
    /** The header with the word. */
    static final String HEADER = "Headroom-Page";

    private final @Nullable QueryPlans plans;
    private final OpenRecordings recordings;
    private final Semaphore turn = new Semaphore(1);
    private final AnalyzeOffers offers = new AnalyzeOffers();
    private final String word;

    PlanAnswers(@Nullable QueryPlans plans, OpenRecordings recordings) {
        this.plans = plans;
        this.recordings = recordings;
        word = AnalyzeOffers.random();
    }

    /** The word that a question must bring; null where no plan can be asked for. */
    @Nullable
    String word() {
        return plans == null ? null : word;
    }

    /** Answers with a plan, and with what it takes to run the statement for real where that is possible. */
    void plan(HttpExchange exchange) throws IOException {
        if (allowed(exchange)) {
            Answers.json(
                    exchange, 200, plan(Parameters.of(exchange.getRequestURI().getRawQuery())));
        }
    }

    /** Runs a statement for real, which wants the word of the plan that was shown before. */
    void analyze(HttpExchange exchange) throws IOException {
        if (!allowed(exchange)) {
            return;
        }
        Parameters asked = Parameters.of(exchange.getRequestURI().getRawQuery());
        long shape = id(asked.text("shape", ""));
        QueryPlans known = plans;
        if (known == null || known.executions(shape).isEmpty()) {
            Answers.json(
                    exchange,
                    403,
                    Map.of(
                            "error",
                            "No execution of this statement was kept with its values: that takes headroom run"
                                    + " --record-values."));
        } else if (!offers.take(asked.text("offer", ""), shape)) {
            Answers.json(exchange, 403, Map.of("error", "Ask for its plan first: what is offered there holds once."));
        } else {
            String which = asked.text("execution", "");
            Answers.json(exchange, 200, map(inTurn(() -> known.analyze(shape, which))));
        }
    }

    private boolean allowed(HttpExchange exchange) throws IOException {
        String brought = exchange.getRequestHeaders().getFirst(HEADER);
        if (!exchange.getRequestMethod().equals("POST")) {
            Answers.text(exchange, 405, "A plan is asked for by POST.");
            return false;
        }
        if (brought == null
                || !MessageDigest.isEqual(
                        brought.getBytes(StandardCharsets.UTF_8), word.getBytes(StandardCharsets.UTF_8))
                || fromElsewhere(exchange)) {
            Answers.text(exchange, 403, "Only the page itself may ask for a plan.");
            return false;
        }
        return true;
    }

    /** Browsers say where a POST comes from; whoever says nothing is no browser. */
    private static boolean fromElsewhere(HttpExchange exchange) {
        String origin = exchange.getRequestHeaders().getFirst("Origin");
        String host = exchange.getRequestHeaders().getFirst("Host");
        return origin != null && !origin.replaceFirst("^https?://", "").equalsIgnoreCase(host);
    }

    private Map<String, Object> plan(Parameters asked) {
        long shape = id(asked.text("shape", ""));
        ShapeTotals.Total total =
                recordings.get(asked.number("recording", 0)).view().shape(shape);
        Map<String, Object> map =
                map(total == null ? new QueryPlans.Plan(null, "The run has no such statement.") : plan(total));
        List<QueryPlans.Execution> executions = plans == null || total == null ? List.of() : plans.executions(shape);
        if (plans != null && !executions.isEmpty()) {
            List<Object> list = new ArrayList<>();
            for (QueryPlans.Execution each : executions) {
                list.add(Map.of("which", each.which(), "database", each.database(), "nanos", each.nanos()));
            }
            map.put("offer", offers.make(shape));
            map.put("executions", list);
            map.put("seconds", plans.analyzeSeconds());
        }
        return map;
    }

    private static Map<String, Object> map(QueryPlans.Plan plan) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("plan", plan.text());
        map.put("note", plan.note());
        return map;
    }

    /** The database is made to work by one click at a time. */
    private QueryPlans.Plan inTurn(Supplier<QueryPlans.Plan> question) {
        if (!turn.tryAcquire()) {
            return new QueryPlans.Plan(null, "Another plan is being asked for; try again in a moment.");
        }
        try {
            return question.get();
        } finally {
            turn.release();
        }
    }

    private QueryPlans.Plan plan(ShapeTotals.Total total) {
        QueryPlans known = plans;
        if (known == null) {
            return new QueryPlans.Plan(
                    null, "Cannot tell: only a run that goes on has its database at hand; this is a recording.");
        }
        boolean explainable = switch (total.shape.kind()) {
            case SELECT, INSERT, UPDATE, DELETE -> true;
            default -> false;
        };
        if (total.shape.truncated() || !explainable) {
            return new QueryPlans.Plan(
                    null,
                    "Cannot tell: " + (explainable ? "the statement is longer than is kept." : "it has no plan."));
        }
        return inTurn(() -> known.of(total.shape.text()));
    }

    private static long id(String hex) {
        try {
            return Long.parseUnsignedLong(hex, 16);
        } catch (NumberFormatException e) {
            throw new HeadroomException("A statement is named by its id, up to 16 hexadecimal digits.", e);
        }
    }
}
