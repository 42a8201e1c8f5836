package dev.headroom.core.check;

/**
 * What a finding costs, as measured.
 *
 * @param statements statements that would not have run
 * @param nanos time that they took together
 * @param rows rows that they returned
 * @param bytes bytes of the database's answers to them
 */
public record Cost(long statements, long nanos, long rows, long bytes) {
    /** Nothing. */
    public static final Cost ZERO = new Cost(0, 0, 0, 0);

    public Cost {
        if (statements < 0 || nanos < 0 || rows < 0 || bytes < 0) {
            throw new IllegalArgumentException(
                    "a cost must not be negative: " + statements + ", " + nanos + ", " + rows + ", " + bytes);
        }
    }

    /** The sum. */
    public Cost plus(Cost other) {
        return new Cost(statements + other.statements, nanos + other.nanos, rows + other.rows, bytes + other.bytes);
    }

    /** A share of it, rounded. */
    public Cost dividedBy(long parts) {
        return new Cost(
                Math.round((double) statements / parts),
                Math.round((double) nanos / parts),
                Math.round((double) rows / parts),
                Math.round((double) bytes / parts));
    }
}
