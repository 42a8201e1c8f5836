package dev.headroom.proxy.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EventLoopTest {
    @Test
    void aHandlerThatThrowsEvenWhenItFailsLosesItsChannelAndNothingElse() throws Exception {
        Pipe pipe = Pipe.open();
        pipe.source().configureBlocking(false);
        try (EventLoop loop = EventLoop.start("test");
                Pipe.SinkChannel sink = pipe.sink()) {
            CompletableFuture<Boolean> failed = new CompletableFuture<>();
            loop.execute(() -> register(loop, pipe.source(), failed));
            sink.write(ByteBuffer.wrap(new byte[1]));
            failed.get(20, TimeUnit.SECONDS);

            CompletableFuture<Boolean> open = new CompletableFuture<>();
            loop.execute(() -> open.complete(pipe.source().isOpen()));
            assertThat(open.get(20, TimeUnit.SECONDS)).isFalse();
            assertThat(loop.failures()).isEqualTo(2);
        }
    }

    @Test
    void runsWhatIsToRunLateWhereAChannelIsAlwaysReady() throws Exception {
        Pipe pipe = Pipe.open();
        pipe.source().configureBlocking(false);
        try (EventLoop loop = EventLoop.start("test");
                Pipe.SinkChannel sink = pipe.sink()) {
            sink.write(ByteBuffer.wrap(new byte[1]));
            CompletableFuture<Integer> ran = new CompletableFuture<>();
            int[] ready = new int[1];
            loop.execute(() -> {
                neverRead(loop, pipe.source(), ready);
                loop.executeLate(() -> ran.complete(ready[0]));
            });
            assertThat(ran.get(20, TimeUnit.SECONDS)).isPositive();
        }
    }

    private static void neverRead(EventLoop loop, Pipe.SourceChannel source, int[] ready) {
        try {
            loop.register(source, SelectionKey.OP_READ, new EventLoop.Handler() {
                @Override
                public void ready(SelectionKey key) {
                    ready[0]++;
                }

                @Override
                public void failed(Throwable cause) {}
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void register(EventLoop loop, Pipe.SourceChannel source, CompletableFuture<Boolean> failed) {
        try {
            loop.register(source, SelectionKey.OP_READ, new EventLoop.Handler() {
                @Override
                public void ready(SelectionKey key) {
                    throw new IllegalStateException("not ready");
                }

                @Override
                public void failed(Throwable cause) {
                    failed.complete(true);
                    throw new IllegalStateException("failed to fail");
                }
            });
        } catch (IOException e) {
            failed.completeExceptionally(e);
        }
    }
}
