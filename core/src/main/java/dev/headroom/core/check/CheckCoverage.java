package dev.headroom.core.check;

import org.jspecify.annotations.Nullable;

/**
 * How much of a run a check could judge. Missing input must not look clean.
 *
 * @param check the check
 * @param judged requests (or what else the check judges) that had what it needs
 * @param couldNot those that lacked it
 * @param reason what they lacked, in a few words; null where nothing was missing
 */
public record CheckCoverage(
        String check, long judged, long couldNot, @Nullable String reason) {
    public CheckCoverage {
        if (judged < 0 || couldNot < 0) {
            throw new IllegalArgumentException("coverage must not be negative: " + judged + ", " + couldNot);
        }
        if (couldNot > 0 && reason == null) {
            throw new IllegalArgumentException(check + " could not judge " + couldNot + ": say why");
        }
    }
}
