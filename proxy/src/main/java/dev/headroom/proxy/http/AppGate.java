package dev.headroom.proxy.http;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;

/** Lets one request at a time through to the app, where that is wanted. Owned by the loop's thread. */
final class AppGate {
    private final boolean singly;
    private final Executor loop;
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    private boolean taken;

    /** Creates one that lets those who waited through as tasks of {@code loop}. */
    AppGate(boolean singly, Executor loop) {
        this.singly = singly;
        this.loop = loop;
    }

    /** Whether requests wait for each other at all. */
    boolean singly() {
        return singly;
    }

    /** Runs {@code pass} when the app is free, at once or later; {@link #leave} must follow once for each pass. */
    void enter(Runnable pass) {
        if (singly && taken) {
            waiting.addLast(pass);
        } else {
            taken = true;
            pass.run();
        }
    }

    /** The app is free for the next. */
    void leave() {
        Runnable next = waiting.pollFirst();
        if (next == null) {
            taken = false;
        } else {
            loop.execute(next);
        }
    }
}
