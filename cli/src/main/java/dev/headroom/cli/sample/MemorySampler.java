package dev.headroom.cli.sample;

import dev.headroom.core.capture.CaptureEvent;
import dev.headroom.core.capture.CaptureSink;
import dev.headroom.core.trace.MemorySample;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/**
 * Samples the app's tree and its control group once a second into the capture, on a thread of its own, until it is
 * closed.
 */
public final class MemorySampler implements AutoCloseable {
    private static final long PERIOD_NANOS = 1_000_000_000L;

    /** Of our own time: where looking takes longer (large processes), it is done less often. */
    private static final long MOST_SHARE = 50;

    private final LinuxProcesses processes;
    private final ControlGroup group;
    private final Supplier<List<Long>> pids;
    private final CaptureSink sink;
    private final Thread thread;

    private MemorySampler(Supplier<List<Long>> pids, CaptureSink sink) {
        this.pids = pids;
        this.sink = sink;
        processes = new LinuxProcesses(Path.of("/proc"));
        group = ControlGroup.find(Path.of("/proc"), Path.of("/sys/fs/cgroup"));
        thread = new Thread(this::run, "headroom-sampler");
        thread.setDaemon(true);
    }

    /** Starts sampling the processes that {@code pids} gives. */
    public static MemorySampler start(Supplier<List<Long>> pids, CaptureSink sink) {
        MemorySampler sampler = new MemorySampler(pids, sink);
        sampler.thread.start();
        return sampler;
    }

    /** The limit of the control group that we and the app are in, in bytes; -1 for none. */
    public static long groupLimitBytes() {
        return ControlGroup.find(Path.of("/proc"), Path.of("/sys/fs/cgroup")).limitBytes();
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void run() {
        try {
            while (true) {
                long start = System.nanoTime();
                sample(start);
                long took = System.nanoTime() - start;
                long pause = Math.max(PERIOD_NANOS - took, took * MOST_SHARE);
                Thread.sleep(pause / 1_000_000, (int) (pause % 1_000_000));
            }
        } catch (InterruptedException e) {
            // closed
            return;
        }
    }

    private void sample(long nanos) {
        TreeUse use = processes.available() ? processes.read(pids.get()) : PsTable.read(pids.get());
        sink.offer(new CaptureEvent.Sampled(new MemorySample(
                nanos,
                use.proportionalBytes(),
                use.residentBytes(),
                use.swapBytes(),
                use.processes(),
                use.threads(),
                use.openFiles(),
                use.cpuNanos(),
                group.bytes(),
                group.limitBytes(),
                group.swapBytes(),
                group.oomKills())));
    }
}
