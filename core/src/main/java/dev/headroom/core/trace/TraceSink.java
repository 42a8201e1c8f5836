package dev.headroom.core.trace;

/**
 * Takes what was captured, in order of completion: the recording writes it, the doctor judges it, the page shows it,
 * and a recording that is read again is replayed into one. Called by one thread at a time. Methods do nothing unless
 * overridden.
 */
public interface TraceSink {
    /** What was run; first, and once. */
    default void run(RunInfo info) {}

    /** A request is over and all its queries are known. */
    default void request(RequestTrace trace) {}

    /** A query that belongs to no request: connection set-up, background work, or unattributed. */
    default void outside(Query query) {}

    /** A connection of the app to its database became ready; told again, with its end, when it was closed. */
    default void connection(Connection connection) {}

    /** Something happened. */
    default void event(Event event) {}

    /** What the app's database knows of its own tables; each replaces the one before. */
    default void database(DatabaseFacts facts) {}

    /** What the app's ORM calls things; each telling adds to those before. */
    default void orm(OrmFacts facts) {}

    /** A sample of the process tree. */
    default void sample(MemorySample sample) {}

    /** What one Java process told at the moment of a sample; follows that. */
    default void jvm(JvmSample sample) {}

    /** A shape's slowest or latest execution with its values; each replaces the one before. Told only on demand. */
    default void values(ValueSample sample) {}

    /** The counters so far; the last call holds for the run. */
    default void counters(CaptureCounters counters) {}

    /** One that hands all that it is told to this one, and then to {@code other}. */
    default TraceSink and(TraceSink other) {
        return new BothSinks(this, other);
    }
}
