package dev.headroom.cli.sample;

import dev.headroom.core.capture.CaptureEvent;
import dev.headroom.core.capture.CaptureSink;
import dev.headroom.core.trace.Event;
import dev.headroom.core.trace.JvmSample;
import dev.headroom.core.trace.MemorySample;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Samples the app's tree, the Java processes in it and its control group once a second into the capture, on a thread of its own, until it is
 * closed.
 */
public final class MemorySampler implements AutoCloseable {
    private static final long PERIOD_NANOS = 1_000_000_000L;

    /** Where looking takes long (many or large processes), it is done less often, but at least this often. */
    private static final long LONGEST_NANOS = 5 * PERIOD_NANOS;

    private static final Path SCHEDSTAT = Path.of("/proc/thread-self/schedstat");
    private static final long SHARE_OF_TIME = 20;
    private static final long FIRST_NANOS = PERIOD_NANOS / 4;

    private final LinuxProcesses processes;
    private final JvmProcesses jvms;
    private final ControlGroup group;
    private final OomKills kills;
    private final Supplier<List<Long>> pids;
    private final CaptureSink sink;
    private final Thread thread;

    private MemorySampler(Supplier<List<Long>> pids, CaptureSink sink, Consumer<String> say, long killsBefore) {
        this.pids = pids;
        this.sink = sink;
        processes = new LinuxProcesses(Path.of("/proc"));
        jvms = new JvmProcesses(Path.of("/proc"), Path.of("/tmp"));
        group = ownGroup();
        kills = new OomKills(group, killsBefore, text -> {
            sink.offer(new CaptureEvent.Happened(new Event(System.nanoTime(), Event.Kind.MEMORY_QUOTA, 0, text)));
            say.accept(text);
        });
        thread = new Thread(this::run, "headroom-sampler");
        thread.setDaemon(true);
    }

    /**
     * Starts sampling the processes that {@code pids} gives; what the user should know at once goes to {@code say}.
     *
     * @param killsBefore {@link #groupKills} from before the app was started, which may be killed at once
     */
    public static MemorySampler start(
            Supplier<List<Long>> pids, CaptureSink sink, Consumer<String> say, long killsBefore) {
        MemorySampler sampler = new MemorySampler(pids, sink, say, killsBefore);
        sampler.thread.start();
        return sampler;
    }

    /** The limit of the control group that we and the app are in, in bytes; -1 for none. */
    public static long groupLimitBytes() {
        return ownGroup().limitBytes();
    }

    /** How many processes of that group the kernel has killed for want of memory so far; -1 where it doesn't say. */
    public static long groupKills() {
        return ownGroup().oomKills();
    }

    private static ControlGroup ownGroup() {
        return ControlGroup.find(Path.of("/proc"), Path.of("/sys/fs/cgroup"));
    }

    /** Looks a last time whether the kernel killed something, which may be why the app has ended. */
    @Override
    public void close() {
        thread.interrupt();
        kills.look();
    }

    private void run() {
        try {
            // the first look also loads what looking needs, so it tells nothing of how long looking takes
            sample(System.nanoTime());
            long pause = FIRST_NANOS;
            while (true) {
                TimeUnit.NANOSECONDS.sleep(pause);
                long start = System.nanoTime();
                long worked = workedNanos();
                sample(start);
                pause = pauseNanos(System.nanoTime() - start, workedNanos() - worked);
            }
        } catch (InterruptedException e) {
            // closed
            return;
        }
    }

    /** Until the next look. One that only waited for a processor, as all do on a busy machine, is no dear one. */
    static long pauseNanos(long tookNanos, long workedNanos) {
        return Math.min(LONGEST_NANOS, Math.max(PERIOD_NANOS - tookNanos, workedNanos * SHARE_OF_TIME));
    }

    /** The processor time of this thread (proc(5), schedstat); where the kernel doesn't tell, the time. */
    private static long workedNanos() {
        String text = ProcFile.text(SCHEDSTAT);
        int end = text == null ? -1 : text.indexOf(' ');
        return text == null || end < 0 ? System.nanoTime() : Long.parseLong(text.substring(0, end));
    }

    private void sample(long nanos) {
        kills.look();
        List<Long> tree = pids.get();
        boolean linux = processes.available();
        TreeUse use = linux ? processes.read(tree) : PsTable.read(tree);
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
        if (linux) {
            for (JvmSample each : jvms.read(tree, nanos)) {
                sink.offer(new CaptureEvent.JvmSampled(each));
            }
        }
    }
}
