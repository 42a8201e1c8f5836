package dev.headroom.server.page;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells how the database of a run that goes on would execute a statement. Asked only when somebody clicks. Thread-safe. */
@FunctionalInterface
public interface QueryPlans {
    /**
     * The plan; may block for some seconds.
     *
     * @param statement a normalised text, {@code ?} for values
     */
    Plan of(String statement);

    /**
     * The executions of a statement that can be run again: those that were kept with their values, slowest first. None
     * unless the user asked for values to be kept.
     *
     * @param shapeId the statement
     */
    default List<Execution> executions(long shapeId) {
        return List.of();
    }

    /**
     * Executes a statement again, with the values of one of its {@link #executions}, and tells how the server ran it.
     * Refuses whatever may do more than read; the text of its plan is the server's JSON. May block for
     * {@link #analyzeSeconds} and some more.
     *
     * @param shapeId the statement
     * @param which the name of the execution
     */
    default Plan analyze(long shapeId, String which) {
        return new Plan(null, "Not run: values are not recorded.");
    }

    /** How long the database may work on an {@link #analyze}. */
    default int analyzeSeconds() {
        return 0;
    }

    /**
     * A plan, or why there is none.
     *
     * @param text as the server prints it; null where it cannot be told
     * @param note how it was asked for, or why it cannot be told
     */
    record Plan(@Nullable String text, String note) {}

    /**
     * An execution that can be run again. Says nothing of its values.
     *
     * @param which {@code slowest} or {@code latest}
     * @param database in which
     * @param nanos how long it took
     */
    record Execution(String which, String database, long nanos) {}
}
