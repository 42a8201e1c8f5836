package dev.headroom.cli.run;

import dev.headroom.server.recording.RecordingWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A recording that is removed again, unless the app was started: it would hold nothing, and be the latest. Also where a
 * signal ends us before that, even while it is created. Thread-safe.
 */
final class UnstartedRecording implements AutoCloseable {
    private final Thread atExit = new Thread(this::close, "headroom-unstarted");
    private @Nullable RecordingWriter recording;
    private boolean decided;

    private UnstartedRecording() {}

    /** Creates the recording. */
    static UnstartedRecording of(Supplier<RecordingWriter> create) {
        UnstartedRecording unstarted = new UnstartedRecording();
        try {
            unstarted.create(create);
        } catch (RuntimeException e) {
            if (unstarted.exiting()) {
                // no library can be loaded any more, which is no mistake of the user's: the exit ends this thread, too
                new Semaphore(0).acquireUninterruptibly();
            }
            throw e;
        }
        return unstarted;
    }

    /** While this goes on, an exit waits. */
    private synchronized void create(Supplier<RecordingWriter> create) {
        Runtime.getRuntime().addShutdownHook(atExit);
        recording = create.get();
    }

    private synchronized boolean exiting() {
        decided = true;
        return !forgetExit();
    }

    /** The recording. */
    synchronized RecordingWriter recording() {
        return Objects.requireNonNull(recording);
    }

    /** The app was started: the recording stays. */
    synchronized void started() {
        decided = true;
        forgetExit();
    }

    /** Removes it, if the app was not started. */
    @Override
    public synchronized void close() {
        RecordingWriter created = recording;
        if (decided || created == null) {
            return;
        }
        decided = true;
        forgetExit();
        created.close();
        try {
            Files.deleteIfExists(created.file());
        } catch (IOException e) {
            // an empty recording is left behind
            return;
        }
    }

    /** False where an exit is under way. */
    private boolean forgetExit() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }
}
