package dev.headroom.proxy.postgres.wire;

import dev.headroom.proxy.net.Background;
import dev.headroom.proxy.net.EventLoop;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/** Brings a {@link TlsWire} up, with its costly steps on other threads than the loop's. */
public final class TlsHandshake implements EventLoop.Handler {
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);

    /** What comes of it, told on the loop's thread, once. */
    public interface Outcome {
        void secured(Endpoint end);

        void failed(IOException cause);
    }

    private final EventLoop events;
    private final TlsWire wire;
    private final SelectionKey key;
    private final Outcome outcome;
    private final EventLoop.Timer timer;
    private boolean over;

    private TlsHandshake(EventLoop events, TlsWire wire, SelectionKey key, Outcome outcome) {
        this.events = events;
        this.wire = wire;
        this.key = key;
        this.outcome = outcome;
        this.timer = events.schedule(
                PATIENCE,
                () -> fail(new SSLException(
                        "the TLS handshake took over " + TimeUnit.NANOSECONDS.toSeconds(PATIENCE) + " s")));
    }

    /** Begins; the channel is registered under {@code key}. */
    public static void begin(EventLoop events, TlsWire wire, SelectionKey key, Outcome outcome) {
        TlsHandshake handshake = new TlsHandshake(events, wire, key, outcome);
        key.attach(handshake);
        handshake.step();
    }

    @Override
    public void ready(SelectionKey ready) {
        step();
    }

    @Override
    public void failed(Throwable cause) {
        fail(new IOException(cause));
    }

    private void step() {
        if (over) {
            return;
        }
        try {
            switch (wire.handshake()) {
                case FOR_INPUT -> key.interestOps(SelectionKey.OP_READ);
                case FOR_OUTPUT -> key.interestOps(SelectionKey.OP_WRITE);
                case FOR_TASKS -> runTasks();
                case FOR_NOTHING -> {
                    over = true;
                    timer.cancel();
                    key.interestOps(0);
                    outcome.secured(new Endpoint(wire, key));
                }
            }
        } catch (IOException e) {
            fail(e);
        }
    }

    private void runTasks() {
        key.interestOps(0);
        Background.run(() -> {
            for (Runnable task = wire.engine().getDelegatedTask();
                    task != null;
                    task = wire.engine().getDelegatedTask()) {
                task.run();
            }
            events.execute(this::resume);
        });
    }

    private void resume() {
        if (key.isValid()) {
            step();
        } else {
            fail(new IOException("the connection was closed during the TLS handshake"));
        }
    }

    private void fail(IOException cause) {
        if (!over) {
            over = true;
            timer.cancel();
            outcome.failed(cause);
        }
    }
}
