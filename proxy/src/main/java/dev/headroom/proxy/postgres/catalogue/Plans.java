package dev.headroom.proxy.postgres.catalogue;

import dev.headroom.core.trace.ValueSample;
import dev.headroom.proxy.postgres.capture.DatabaseSamples;
import dev.headroom.proxy.postgres.tls.Target;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The plans of statements in the databases that the app uses, each asked for when somebody wants to see it. Thread-safe. */
public final class Plans {
    private static final int MOST_DATABASES = 20;

    private final List<Database> databases = new CopyOnWriteArrayList<>();

    /** One database, and who asks. */
    record Database(
            Target target,
            String user,
            String name,
            @Nullable DatabaseSamples samples) {
        @Nullable
        ValueSample sample(long shapeId, ValueSample.Which which) {
            return samples == null ? null : samples.get(shapeId, which);
        }
    }

    void used(Target target, String user, String database, @Nullable DatabaseSamples samples) {
        if (databases.size() < MOST_DATABASES) {
            databases.add(new Database(target, user, database, samples));
        }
    }

    /**
     * Asks for the plan of a statement, on a connection of its own that is closed again. Nothing is executed, and the
     * transaction is read-only and rolled back. Blocks while a server is waited for, at most 10 s each where several databases are tried.
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

    /** The executions of a shape that can be run again, slowest first: those kept with their values. */
    public List<ValueSample> samples(long shapeId) {
        List<ValueSample> found = new ArrayList<>();
        Database database = sampled(shapeId);
        if (database != null) {
            for (ValueSample.Which which : ValueSample.Which.values()) {
                ValueSample sample = database.sample(shapeId, which);
                if (sample != null) {
                    found.add(sample);
                }
            }
        }
        return found;
    }

    /**
     * Executes a statement again, with the values of one of its executions, to tell how the server ran it: in a read-only
     * transaction that is rolled back. Refuses whatever may do more than read. Blocks for as long as it takes.
     *
     * @param seconds how long the server may take
     */
    public Plan analyze(long shapeId, ValueSample.Which which, int seconds) {
        Database database = sampled(shapeId);
        ValueSample sample = database == null ? null : database.sample(shapeId, which);
        if (database == null || sample == null) {
            return Plan.unknown("Not run: no execution of it was kept with its values.");
        }
        try {
            return AnalyzeQuery.run(database, sample, seconds);
        } catch (IOException | RuntimeException e) {
            return Plan.unknown("Not run to its end: the database of the run cannot be reached with what the app's"
                    + " address says, or it ended the connection.");
        }
    }

    /** Where several databases have the statement, the one in which it was slowest. */
    private @Nullable Database sampled(long shapeId) {
        Database found = null;
        long slowest = -1;
        for (Database each : databases) {
            ValueSample sample = each.sample(shapeId, ValueSample.Which.SLOWEST);
            if (sample != null && sample.nanos() > slowest) {
                found = each;
                slowest = sample.nanos();
            }
        }
        return found;
    }
}
