package dev.headroom.proxy.postgres.catalogue;

import dev.headroom.proxy.postgres.tls.Target;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The plans of statements in the databases that the app uses, each asked for when somebody wants to see it. Thread-safe. */
public final class Plans {
    private static final int MOST_DATABASES = 20;

    private final List<Database> databases = new CopyOnWriteArrayList<>();

    /** One database, and who asks. */
    record Database(Target target, String user, String name) {}

    void used(Target target, String user, String database) {
        if (databases.size() < MOST_DATABASES) {
            databases.add(new Database(target, user, database));
        }
    }

    /**
     * Asks for the plan of a statement, on a connection of its own that is closed again. Nothing is executed, and the
     * transaction is read-only and rolled back. Blocks for at most some seconds.
     *
     * @param shape the normalised text, {@code ?} for values
     */
    public Plan of(String shape) {
        NumberedParameters statement = NumberedParameters.of(shape);
        String text = statement.text();
        if (text == null) {
            return Plan.unknown("Cannot tell: " + statement.trouble() + ".");
        }
        Plan last = Plan.unknown("Cannot tell: the app has not used a database yet.");
        for (Database each : databases) {
            try {
                last = PlanQuery.run(each, text);
            } catch (IOException | RuntimeException e) {
                last = Plan.unknown("Cannot tell: the database of the run cannot be reached"
                        + " with what the app's address says.");
            }
            if (last.text() != null) {
                return last;
            }
        }
        return last;
    }
}
