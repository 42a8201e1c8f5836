package dev.headroom.proxy.net;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A few threads for what would block the loop: names, keys, password hashes. They end when there is nothing to do. */
public final class Background {
    private static final int THREADS = 4;
    private static final int IDLE_SECONDS = 5;

    private static final ThreadPoolExecutor THREAD_POOL = new ThreadPoolExecutor(
            THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                Thread thread = new Thread(task, "headroom-background");
                thread.setDaemon(true);
                return thread;
            });

    static {
        THREAD_POOL.allowCoreThreadTimeOut(true);
    }

    private Background() {}

    /** Runs {@code task}, soon, on another thread. */
    public static void run(Runnable task) {
        THREAD_POOL.execute(task);
    }
}
