package dev.headroom.cli.sample;

import java.util.function.Consumer;

/**
 * Tells of processes that the kernel killed in a control group for want of memory, as soon as its counter says so. The
 * kernel counts before it kills, so that a look after a process's end is not too early. Thread-safe.
 */
final class OomKills {
    private static final long MEBIBYTE = 1L << 20;

    private final ControlGroup group;
    private final Consumer<String> told;
    private long known;

    /** Tells {@code told} of those beyond the {@code known} first ones, in a line for people. */
    OomKills(ControlGroup group, long known, Consumer<String> told) {
        this.group = group;
        this.told = told;
        this.known = known;
    }

    /** Looks again. */
    synchronized void look() {
        long now = group.oomKills();
        if (known >= 0 && now > known) {
            told.accept(text(now - known));
        }
        known = now < 0 ? known : now;
    }

    private String text(long kills) {
        long limit = group.limitBytes();
        return "the kernel killed " + (kills == 1 ? "1 process" : kills + " processes")
                + " of this control group for want of memory"
                + (limit < 0 ? "" : " (limit " + limit / MEBIBYTE + " MB)");
    }
}
