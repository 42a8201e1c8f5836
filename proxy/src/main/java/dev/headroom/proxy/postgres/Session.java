package dev.headroom.proxy.postgres;

import dev.headroom.proxy.net.EventLoop;
import dev.headroom.proxy.postgres.capture.Interpreter;
import dev.headroom.proxy.postgres.wire.Endpoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import org.jspecify.annotations.Nullable;

/** One connection of the app and the one to the server that belongs to it, from the start-up packet to the end. */
final class Session implements Relay.Owner {
    private final Endpoint app;
    private final Endpoint server;
    private final Relay toServer;
    private final Relay toApp;
    private final @Nullable Interpreter interpreter;
    private final LoopState loop;
    private boolean closed;

    /**
     * Takes both ends over.
     *
     * @param interpreter reads along; null where the bytes are none of our business (cancel requests, replication)
     */
    Session(LoopState loop, Endpoint app, Endpoint server, @Nullable Interpreter interpreter) {
        this.loop = loop;
        this.app = app;
        this.server = server;
        this.interpreter = interpreter;
        toServer = new Relay(loop, app, server, interpreter == null ? null : interpreter.fromApp(), this);
        toApp = new Relay(loop, server, app, interpreter == null ? null : interpreter.fromServer(), this);
        app.key().attach(new Ready(toServer, toApp));
        server.key().attach(new Ready(toApp, toServer));
        app.key().interestOps(SelectionKey.OP_READ);
        server.key().interestOps(SelectionKey.OP_READ);
        loop.opened(this);
    }

    /** Sends the server what came from the app before: a start-up packet of that length and what follows it. */
    void begin(ByteBuffer received, int startupLength) {
        toServer.pass(received, startupLength);
        read();
    }

    /** Goes on where authentication left off: what was read already is passed on, then both sides are read. */
    void resume(ByteBuffer fromApp, ByteBuffer fromServer) {
        if (fromApp.hasRemaining()) {
            toServer.pass(fromApp, 0);
        }
        if (fromServer.hasRemaining()) {
            toApp.pass(fromServer, 0);
        }
        read();
    }

    private void read() {
        toServer.pump();
        toApp.pump();
        closeIfDone();
    }

    @Override
    public void sourceEnded(Relay relay) {
        if (relay == toServer) {
            appGone();
        }
    }

    /** Nobody waits for the answers that are still to come. */
    private void appGone() {
        if (interpreter != null && !closed) {
            loop.unread().read();
            interpreter.appGone(System.nanoTime());
        }
    }

    @Override
    public void sourceFailed(Relay relay, IOException cause) {
        if (relay == toApp) {
            // what the server said before it went away is still the app's to read
            toApp.endSource();
        } else {
            end();
        }
    }

    @Override
    public void targetFailed(Relay relay, IOException cause) {
        if (relay == toServer) {
            // the server may have said why it went away
            toServer.abandon();
        } else {
            end();
        }
    }

    @Override
    public void resumed() {
        closeIfDone();
    }

    private void closeIfDone() {
        if (toApp.done()) {
            // a server that has ended its output never reads again
            close();
        }
    }

    /** Closes both connections, since the app is gone or the run ends. */
    void end() {
        appGone();
        close();
    }

    private void close() {
        if (!closed) {
            closed = true;
            loop.closed(this);
            toServer.abandon();
            toApp.abandon();
            app.wire().close();
            server.wire().close();
            if (interpreter != null) {
                loop.unread().read();
                interpreter.closed(System.nanoTime());
            }
        }
    }

    /** What one end's channel is ready for: its own input, and the output that the other end's input becomes. */
    private final class Ready implements EventLoop.Handler {
        private final Relay input;
        private final Relay output;

        Ready(Relay input, Relay output) {
            this.input = input;
            this.output = output;
        }

        @Override
        public void ready(SelectionKey key) {
            int ready = key.readyOps();
            if ((ready & SelectionKey.OP_WRITE) != 0) {
                output.drain();
            }
            if ((ready & SelectionKey.OP_READ) != 0) {
                input.pump();
            }
            closeIfDone();
        }

        @Override
        public void failed(Throwable cause) {
            close();
        }
    }
}
