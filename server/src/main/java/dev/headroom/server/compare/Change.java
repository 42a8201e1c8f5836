package dev.headroom.server.compare;

/**
 * One figure of a route before and after.
 *
 * @param before over the first run's requests
 * @param after over the second run's requests
 * @param verdict whether they differ by more than their spread
 */
public record Change(Spread before, Spread after, Verdict verdict) {
    /** What a change is called. */
    public enum Verdict {
        BETTER,
        WORSE,
        /** No difference, or none beyond the noise. */
        SAME,
        /** Too few requests to know the noise. */
        UNKNOWN
    }

    /** Judges the difference. */
    static Change of(Metric metric, Spread before, Spread after) {
        return new Change(before, after, verdict(metric, before, after));
    }

    private static Verdict verdict(Metric metric, Spread before, Spread after) {
        long difference = after.median() - before.median();
        if (difference == 0) {
            return Verdict.SAME;
        }
        if (Math.min(before.requests(), after.requests()) < metric.fewestRequests()) {
            return Verdict.UNKNOWN;
        }
        if (before.overlaps(after) || Math.abs(difference) < metric.smallestShare() * before.median()) {
            return Verdict.SAME;
        }
        return difference < 0 ? Verdict.BETTER : Verdict.WORSE;
    }
}
