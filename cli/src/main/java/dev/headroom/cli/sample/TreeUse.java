package dev.headroom.cli.sample;

/**
 * What a tree of processes uses; -1 stands for a figure that could not be had for any of them.
 *
 * @param proportionalBytes proportional set size
 * @param residentBytes resident set size
 * @param swapBytes swapped out
 * @param processes how many processes
 * @param threads their threads
 * @param openFiles their open files
 * @param cpuNanos processor time, of ended children too where they were waited for
 */
record TreeUse(
        long proportionalBytes,
        long residentBytes,
        long swapBytes,
        int processes,
        int threads,
        int openFiles,
        long cpuNanos) {

    /** Nothing could be had. */
    static final TreeUse MISSING = new TreeUse(-1, -1, -1, -1, -1, -1, -1);
}
