package dev.headroom.cli.process;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for a process that need not be our child. */
final class Ended {
    private Ended() {}

    /** Whether it ended within so many nanoseconds. */
    static boolean within(ProcessHandle handle, long nanos) throws InterruptedException {
        try {
            handle.onExit().get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            return !handle.isAlive();
        }
    }
}
