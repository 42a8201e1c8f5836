package dev.headroom.core.report;

/**
 * The peaks of the process tree; {@link dev.headroom.core.trace.MemorySample#MISSING} where unknown.
 *
 * @param samples how many samples these are of
 * @param proportionalBytes peak proportional set size
 * @param residentBytes peak resident set size
 * @param groupBytes peak of the control group
 * @param groupLimitBytes the control group's limit
 * @param threads most threads
 * @param oomKills processes that the kernel killed for want of memory between the first and the last sample
 */
public record MemorySummary(
        long samples,
        long proportionalBytes,
        long residentBytes,
        long groupBytes,
        long groupLimitBytes,
        int threads,
        long oomKills) {}
