package dev.headroom.server.page;

import com.sun.net.httpserver.HttpExchange;
import dev.headroom.core.HeadroomException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
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
    private final String word;

    PlanAnswers(@Nullable QueryPlans plans, OpenRecordings recordings) {
        this.plans = plans;
        this.recordings = recordings;
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        word = HexFormat.of().formatHex(random);
    }

    /** The word that a question must bring; null where no plan can be asked for. */
    @Nullable
    String word() {
        return plans == null ? null : word;
    }

    void handle(HttpExchange exchange) throws IOException {
        String brought = exchange.getRequestHeaders().getFirst(HEADER);
        if (!exchange.getRequestMethod().equals("POST")) {
            Answers.text(exchange, 405, "A plan is asked for by POST.");
        } else if (brought == null
                || !MessageDigest.isEqual(
                        brought.getBytes(StandardCharsets.UTF_8), word.getBytes(StandardCharsets.UTF_8))
                || fromElsewhere(exchange)) {
            Answers.text(exchange, 403, "Only the page itself may ask for a plan.");
        } else {
            Answers.json(
                    exchange, 200, plan(Parameters.of(exchange.getRequestURI().getRawQuery())));
        }
    }

    /** Browsers say where a POST comes from; whoever says nothing is no browser. */
    private static boolean fromElsewhere(HttpExchange exchange) {
        String origin = exchange.getRequestHeaders().getFirst("Origin");
        String host = exchange.getRequestHeaders().getFirst("Host");
        return origin != null && !origin.replaceFirst("^https?://", "").equalsIgnoreCase(host);
    }

    private Map<String, Object> plan(Parameters asked) {
        ShapeTotals.Total total =
                recordings.get(asked.number("recording", 0)).view().shape(id(asked.text("shape", "")));
        QueryPlans.Plan plan =
                total == null ? new QueryPlans.Plan(null, "The run has no such statement.") : plan(total);
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("plan", plan.text());
        map.put("note", plan.note());
        return map;
    }

    private QueryPlans.Plan plan(ShapeTotals.Total total) {
        if (plans == null) {
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
        if (!turn.tryAcquire()) {
            return new QueryPlans.Plan(null, "Another plan is being asked for; try again in a moment.");
        }
        try {
            return plans.of(total.shape.text());
        } finally {
            turn.release();
        }
    }

    private static long id(String hex) {
        try {
            return Long.parseUnsignedLong(hex, 16);
        } catch (NumberFormatException e) {
            throw new HeadroomException("A statement is named by its id, up to 16 hexadecimal digits.", e);
        }
    }
}
