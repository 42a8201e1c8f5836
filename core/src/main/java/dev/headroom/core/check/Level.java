package dev.headroom.core.check;

/** What a finding asks of its reader. */
public enum Level {
    /** Worth changing. */
    PROBLEM,
    /** Seen, but too small or too ordinary to be called a problem: shown apart, never fails a build. */
    NOTE
}
