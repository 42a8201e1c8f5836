package dev.headroom.core.check;

/**
 * A rule that turns traces into findings. One class, one test, one page under docs/checks; it knows no other check.
 * Stateless: what it gathers is in its runs.
 */
public interface Check {
    /** The name that users silence it by: {@code repeated-query}. */
    String id();

    /** Starts judging one run or recording. */
    CheckRun start(CheckContext context);
}
