package dev.headroom.proxy.postgres.catalogue;

import dev.headroom.core.sql.CalledNames;
import dev.headroom.core.sql.ReadOnlyText;
import dev.headroom.core.trace.ValueSample;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Executes one statement again with the values of one of its executions, and returns how the server ran it. What keeps
 * it from doing more than read, in this order: its text is one statement without a word that changes or locks rows; no
 * function or operator that its text names is volatile; the transaction is read-only; no function or operator that the
 * server's plan shows (views and policies expanded) is volatile, and no foreign table is read; time limits; rollback.
 * Blocks.
 */
final class AnalyzeQuery {
    private static final int FURTHER_PATIENCE_SECONDS = 10;

    /** Longer than we wait: the server ends the transaction only where we are gone without a word. */
    private static final int IDLE_SECONDS = 3 * FURTHER_PATIENCE_SECONDS;

    private static final String FOREIGN = "Foreign Scan";

    /** What it means that the server ended the statement (PostgreSQL's manual, Appendix A). */
    private static final Map<String, String> STATES = Map.of(
            "55P03", "a lock that it needs was not free within a second",
            "25006", "the server says that it would write, which a read-only transaction may not",
            "42501", "the app's user may not run it outside the app's own session");

    private AnalyzeQuery() {}

    static Plan run(Plans.Database database, ValueSample sample, int seconds) throws IOException {
        String trouble = ReadOnlyText.trouble(sample.text());
        if (trouble != null) {
            return Plan.unknown("Not run: " + trouble + ".");
        }
        try (OwnConnection connection = OwnConnection.open(database.target(), database.user(), database.name())) {
            connection.patience((int) TimeUnit.SECONDS.toMillis(seconds + FURTHER_PATIENCE_SECONDS));
            begin(connection, seconds);
            try {
                return analyze(connection, database, sample);
            } catch (RefusedException e) {
                return Plan.unknown(ended(e, seconds));
            } finally {
                connection.query("rollback");
            }
        }
    }

    private static void begin(OwnConnection connection, int seconds) throws IOException {
        connection.query("/* headroom: analyze */ begin transaction read only");
        connection.query("set local statement_timeout = '" + seconds + "s'");
        connection.query("set local lock_timeout = '1s'");
        connection.query("set local idle_in_transaction_session_timeout = '" + (seconds + IDLE_SECONDS) + "s'");
        // as the text was read when it was judged
        connection.query("set local standard_conforming_strings = on");
    }

    private static Plan analyze(OwnConnection connection, Plans.Database database, ValueSample sample)
            throws IOException {
        VolatileNames names = new VolatileNames(connection);
        String trouble = names.trouble(CalledNames.in(sample.text()));
        if (trouble == null) {
            trouble = names.unnamedTrouble();
        }
        if (trouble == null) {
            trouble = troubleOf(
                    OwnConnection.lines(connection.query("explain (verbose) " + sample.text(), sample.parameters())),
                    names);
        }
        if (trouble != null) {
            return Plan.unknown("Not run: " + trouble + ".");
        }
        String plan = OwnConnection.lines(
                connection.query("explain (analyze, buffers, format json) " + sample.text(), sample.parameters()));
        return new Plan(
                plan,
                "Executed on " + database.name() + " as " + database.user() + " with the values of "
                        + (sample.which() == ValueSample.Which.SLOWEST ? "the slowest" : "the latest")
                        + " execution; read-only, and rolled back. What the app's session had set (search_path, role) is"
                        + " not taken over.");
    }

    private static @Nullable String troubleOf(String plan, VolatileNames names) throws IOException {
        return plan.contains(FOREIGN)
                ? "it reads a foreign table, and what another server does is not rolled back here"
                : names.trouble(CalledNames.in(plan));
    }

    private static String ended(RefusedException refused, int seconds) {
        if (refused.state().equals("57014")) {
            return "Ended: it was not done after " + seconds + " s (statement_timeout), so there are no figures of it.";
        }
        String known = STATES.get(refused.state());
        return "Not run to its end: " + (known == null ? "the server says " + refused.getMessage() : known + ".");
    }
}
