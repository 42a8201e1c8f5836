package dev.headroom.core.sql;

import dev.headroom.core.trace.Digests;
import dev.headroom.core.trace.QueryShape;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One statement as it was sent, read. Immutable. */
public final class Statement {
    private final QueryShape shape;
    private final Digests literals;
    private final @Nullable String traceId;
    private final int @Nullable [] order;

    Statement(QueryShape shape, Digests literals, @Nullable String traceId, int @Nullable [] order) {
        this.shape = shape;
        this.literals = literals;
        this.traceId = traceId;
        this.order = order;
    }

    /** Its normalised text. */
    public QueryShape shape() {
        return shape;
    }

    /**
     * Digests of its literals in order of appearance, {@link Digests#NULL_VALUE} for NULL; bound parameters are not
     * among them. Where there are more than 1,024, the last digest stands for all the rest.
     */
    public Digests literals() {
        return literals;
    }

    /** The trace id of a {@code traceparent} in a comment, lower-case hex; null where none was. */
    public @Nullable String traceId() {
        return traceId;
    }

    /** The same statement with other literals, as many of them. */
    Statement withLiterals(Digests others) {
        return new Statement(shape, others, traceId, order);
    }

    /**
     * Digests of literals and bound values together, in order of appearance: one for each {@code ?} of the shape's
     * text, or more where lists were folded. A value that is missing from {@code bound} counts as NULL.
     *
     * @param bound the values of {@code $1}, {@code $2} and so on
     */
    public Digests values(Digests bound) {
        int[] places = order;
        if (places == null) {
            return bound.size() == 0 ? literals : literals.size() == 0 ? bound : appended(bound);
        }
        long[] values = new long[places.length];
        int literal = 0;
        for (int i = 0; i < places.length; i++) {
            if (places[i] == 0) {
                values[i] = literals.get(literal++);
            } else {
                values[i] = places[i] <= bound.size() ? bound.get(places[i] - 1) : Digests.NULL_VALUE;
            }
        }
        return Digests.of(values);
    }

    private Digests appended(Digests bound) {
        long[] values = Arrays.copyOf(literals.toArray(), literals.size() + bound.size());
        for (int i = 0; i < bound.size(); i++) {
            values[literals.size() + i] = bound.get(i);
        }
        return Digests.of(values);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Statement that
                && shape.equals(that.shape)
                && literals.equals(that.literals)
                && Objects.equals(traceId, that.traceId)
                && Arrays.equals(order, that.order);
    }

    @Override
    public int hashCode() {
        return shape.hashCode() * 31 + literals.hashCode();
    }

    @Override
    public String toString() {
        return shape.text();
    }
}
