package dev.headroom.proxy.postgres;

import dev.headroom.proxy.net.EventLoop;
import dev.headroom.proxy.postgres.message.ErrorMessage;
import dev.headroom.proxy.postgres.wire.Endpoint;
import dev.headroom.proxy.postgres.wire.Wire;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.util.concurrent.TimeUnit;

/**
 * Tells the app why its connection can't be, and closes it once the app has read that: a close with input unread would
 * make the system drop the message.
 */
final class Refusal implements EventLoop.Handler {
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(2);

    private final LoopState loop;
    private final Wire app;

    private Refusal(LoopState loop, Wire app) {
        this.loop = loop;
        this.app = app;
    }

    static void send(LoopState loop, Endpoint app, ErrorMessage error) {
        Refusal refusal = new Refusal(loop, app.wire());
        try {
            app.wire().write(error.encode());
            app.wire().endOutput();
            app.key().attach(refusal);
            app.key().interestOps(SelectionKey.OP_READ);
            loop.events().schedule(PATIENCE, app.wire()::close);
        } catch (IOException | RuntimeException e) {
            app.wire().close();
        }
    }

    @Override
    public void ready(SelectionKey key) throws IOException {
        ByteBuffer dropped = loop.buffers().chunk().clear();
        if (app.channel().read(dropped) < 0) {
            app.close();
        }
    }

    @Override
    public void failed(Throwable cause) {
        app.close();
    }
}
