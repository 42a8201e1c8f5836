package dev.headroom.cli.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for a process that need not be our child. */
final class Ended {
    private Ended() {}

    /** Whether it ended, and only its parent has not asked how: Linux lists it still. False where that can't be told. */
    static boolean unreaped(ProcessHandle handle) {
        try {
            // "pid (name) state …", proc(5); the name may hold anything
            String stat = Files.readString(Path.of("/proc/" + handle.pid() + "/stat"), StandardCharsets.ISO_8859_1);
            return stat.startsWith(") Z ", stat.lastIndexOf(')'));
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether it ended within so many nanoseconds. */
    static boolean within(ProcessHandle handle, long nanos) throws InterruptedException {
        try {
            if (!unreaped(handle)) {
                handle.onExit().get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
            }
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            return !handle.isAlive();
        }
    }
}
