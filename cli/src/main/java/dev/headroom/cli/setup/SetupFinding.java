package dev.headroom.cli.setup;

/**
 * One thing that trying an app's set-up told.
 *
 * @param id what it is, for machines; never changes its meaning
 * @param level how it is
 * @param text what was seen, in words
 * @param next what to do; empty where there is nothing to do
 */
public record SetupFinding(String id, Level level, String text, String next) {
    /** How it is. */
    public enum Level {
        /** Intercepted as it should be. */
        SEEN,
        /** Not intercepted. */
        MISSED,
        /** The app could not be tried that far. */
        UNTRIED,
        /** Good to know. */
        NOTE
    }
}
