package dev.headroom.cli.run;

import dev.headroom.cli.sidechannel.InstrumentationFacts;
import dev.headroom.cli.sidechannel.InstrumentationNotes;
import dev.headroom.cli.sidechannel.PythonCommand;
import dev.headroom.cli.sidechannel.PythonPath;
import dev.headroom.cli.sidechannel.SideChannel;
import dev.headroom.cli.sidechannel.StacksSocket;
import dev.headroom.cli.sidechannel.TimeoutStacks;
import dev.headroom.core.HeadroomException;
import dev.headroom.core.capture.CaptureEvent;
import dev.headroom.core.capture.CaptureSink;
import dev.headroom.core.trace.CaptureCounters;
import dev.headroom.core.trace.Event;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What is put into the app's processes, and what they tell. Where it fails, the run goes on without it. */
final class Instrumentation implements AutoCloseable {
    private final CaptureSink sink;
    private final Messages messages;
    private final @Nullable SideChannel channel;
    private final @Nullable StacksSocket stacks;

    private Instrumentation(
            CaptureSink sink, Messages messages, @Nullable SideChannel channel, @Nullable StacksSocket stacks) {
        this.sink = sink;
        this.messages = messages;
        this.channel = channel;
        this.stacks = stacks;
    }

    static Instrumentation start(boolean wanted, Path folder, CaptureSink sink, Messages messages) {
        SideChannel channel = null;
        StacksSocket stacks = null;
        if (wanted) {
            try {
                channel = SideChannel.open(folder, sink);
                stacks = StacksSocket.open(folder, channel);
            } catch (HeadroomException e) {
                messages.say(e.getMessage() + (channel == null ? "; the app runs without instrumentation" : ""));
            }
        }
        return new Instrumentation(sink, messages, channel, stacks);
    }

    /** A sink that also asks the app what it is doing when a request passes its router's limit. */
    CaptureSink atTimeouts() {
        return channel == null ? sink : new TimeoutStacks(sink, channel);
    }

    /** Adds what the app's environment needs. */
    void tell(Path folder, Map<String, String> environment) {
        if (channel != null) {
            try {
                environment.putAll(PythonPath.install(folder, environment));
                environment.putAll(channel.environment());
            } catch (HeadroomException e) {
                messages.say(e.getMessage() + "; the app runs without instrumentation");
            }
        }
    }

    /** What the app's processes told; null where nothing is put into them. */
    @Nullable
    InstrumentationFacts facts() {
        return channel == null ? null : channel.facts();
    }

    /**
     * Waits, for so long at most, until the app has told what it had to tell until now: an app that a signal ends tells
     * nothing any more. Asking for its stacks does that, as the answer comes after all that waits.
     */
    void awaitTold(Duration atMost) {
        if (channel != null) {
            CompletableFuture<?>[] answers = channel.snapshot().values().stream()
                    .map(answer -> answer.exceptionally(gone -> ""))
                    .toArray(CompletableFuture<?>[]::new);
            CompletableFuture.allOf(answers)
                    .thenApply(all -> true)
                    .completeOnTimeout(false, atMost.toNanos(), TimeUnit.NANOSECONDS)
                    .join();
        }
    }

    /** The app has ended: says what it could not tell. */
    void ended(List<String> command, Map<String, String> environment) {
        if (channel != null) {
            channel.close();
            CaptureCounters counters = sink.meter().counters();
            boolean python = PythonCommand.is(command, environment.getOrDefault("PATH", ""));
            for (String note :
                    InstrumentationNotes.of(channel.facts(), python, counters.statements() + counters.control())) {
                messages.say(note);
                Event event = new Event(System.nanoTime(), Event.Kind.INSTRUMENTATION, 0, note);
                sink.offer(new CaptureEvent.Happened(event));
            }
        }
    }

    @Override
    public void close() {
        if (stacks != null) {
            stacks.close();
        }
        if (channel != null) {
            channel.close();
        }
    }
}
