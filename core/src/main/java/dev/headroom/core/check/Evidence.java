package dev.headroom.core.check;

import java.util.Locale;

/** How a finding is known; in order of strength. */
public enum Evidence {
    /** What was captured leaves no other explanation. */
    PROVEN,
    /** What was captured fits, and other explanations are rarer. */
    LIKELY,
    /** Worth a look. */
    HINT;

    /** Whether this is at least as strong as {@code other}. */
    public boolean atLeast(Evidence other) {
        return compareTo(other) <= 0;
    }

    /** The word in reports: {@code proven}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
