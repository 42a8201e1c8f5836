package dev.headroom.core.trace;

import java.util.List;

/**
 * One execution with its values: the statement as it was sent and what was bound. Taken only where the user asked for
 * values ({@code headroom run --record-values}); no report shows it.
 *
 * @param shape what was executed
 * @param database the name of the database
 * @param which why it was kept
 * @param startNanos monotonic clock
 * @param nanos how long it took
 * @param text the statement as it was sent
 * @param parameters the values of {@code $1}, {@code $2} and so on
 */
public record ValueSample(
        QueryShape shape,
        String database,
        Which which,
        long startNanos,
        long nanos,
        String text,
        List<BoundValue> parameters) {
    /** Which of a shape's executions a sample is. */
    public enum Which {
        SLOWEST,
        LATEST
    }

    public ValueSample {
        if (nanos < 0) {
            throw new IllegalArgumentException("an execution of " + nanos + " ns");
        }
        parameters = List.copyOf(parameters);
    }

    /** An estimate of the bytes that it keeps alive. */
    public long weight() {
        long bytes = 160L + 2L * text.length();
        for (BoundValue each : parameters) {
            bytes += 64L + (each.value() == null ? 0 : each.value().remaining());
        }
        return bytes;
    }

    /** The same execution, kept for another reason. */
    public ValueSample as(Which other) {
        return which == other ? this : new ValueSample(shape, database, other, startNanos, nanos, text, parameters);
    }

    /** Says nothing of the values. */
    @Override
    public String toString() {
        return "ValueSample[" + which + " of " + shape.text() + ", " + nanos + " ns]";
    }
}
