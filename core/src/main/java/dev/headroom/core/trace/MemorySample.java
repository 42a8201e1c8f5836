package dev.headroom.core.trace;

/**
 * What the app's process tree and its control group used at one moment. Missing figures are {@link #MISSING}.
 *
 * @param nanos monotonic clock
 * @param proportionalBytes proportional set size of the tree (smaps_rollup)
 * @param residentBytes resident set size of the tree
 * @param swapBytes swapped out, of the tree
 * @param processes processes of the tree
 * @param threads threads of the tree
 * @param openFiles open files of the tree
 * @param cpuNanos processor time of the tree since its start
 * @param groupBytes the control group's use
 * @param groupLimitBytes the control group's limit
 * @param groupSwapBytes the control group's swap
 * @param groupOomKills processes that the kernel killed in the control group
 */
public record MemorySample(
        long nanos,
        long proportionalBytes,
        long residentBytes,
        long swapBytes,
        int processes,
        int threads,
        int openFiles,
        long cpuNanos,
        long groupBytes,
        long groupLimitBytes,
        long groupSwapBytes,
        long groupOomKills) {
    /** Stands for a figure that could not be had. */
    public static final int MISSING = -1;
}
