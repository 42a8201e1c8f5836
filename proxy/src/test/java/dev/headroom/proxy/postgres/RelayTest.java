package dev.headroom.proxy.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.core.digest.ValueDigester;
import dev.headroom.proxy.net.EventLoop;
import dev.headroom.proxy.postgres.capture.Ids;
import dev.headroom.proxy.postgres.capture.Recorder;
import dev.headroom.proxy.postgres.catalogue.Catalogues;
import dev.headroom.proxy.postgres.tls.AppTls;
import dev.headroom.proxy.postgres.wire.Endpoint;
import dev.headroom.proxy.postgres.wire.LoopBuffers;
import dev.headroom.proxy.postgres.wire.PlainWire;
import dev.headroom.proxy.postgres.wire.TlsWire;
import dev.headroom.proxy.postgres.wire.Wire;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How much a relay reads at a time. */
@Timeout(60)
class RelayTest {
    /** As if very many slow readers held all that may be held. */
    private static final int ALL_MEMORY = 33 << 20;

    /** More than one turn of a relay, so that it goes on by itself, deferred. */
    private static final int READS = 20;

    @Test
    void underMemoryPressureATlsSourceIsRead17KilobytesAtATimeAlsoByADeferredRelay() throws Exception {
        assertThat(roomOfReads(true, ALL_MEMORY)).hasSize(READS).containsOnly(17 * 1024);
    }

    @Test
    void aPlainSourceIsReadEvenLessAtATimeThen() throws Exception {
        assertThat(roomOfReads(false, ALL_MEMORY)).hasSize(READS).containsOnly(512);
    }

    @Test
    void whileMemoryIsAtEaseAWholeChunkIsReadAtATime() throws Exception {
        assertThat(roomOfReads(true, 0)).hasSize(READS).containsOnly(LoopBuffers.CHUNK);
    }

    /** How much room each of the reads got of a source that always has more than there is room for. */
    private static List<Integer> roomOfReads(boolean tls, int held) throws Exception {
        CompletableFuture<List<Integer>> rooms = new CompletableFuture<>();
        try (EventLoop loop = EventLoop.start("test-relay");
                Selector selector = Selector.open();
                SocketChannel channel = SocketChannel.open();
                SocketChannel other = SocketChannel.open()) {
            LoopState state = new LoopState(
                    loop,
                    new Recorder(new CollectingSink(), ValueDigester.withRandomSalt(), new Ids()),
                    new Catalogues(loop, null, null),
                    new CancelRoutes(),
                    new AppTls());
            Wire wire = tls
                    ? new TlsWire(
                            state.buffers(), channel, SSLContext.getDefault().createSSLEngine(), ByteBuffer.allocate(0))
                    : new PlainWire(channel);
            Endless source = new Endless(wire, rooms);
            Relay relay = new Relay(
                    state,
                    new Endpoint(source, key(channel, selector)),
                    new Endpoint(new Bottomless(other), key(other, selector)),
                    null,
                    new Failing(rooms));
            loop.execute(() -> {
                loop.buffers().takeSmall(held);
                relay.pump();
            });
            return rooms.get();
        }
    }

    private static SelectionKey key(SocketChannel channel, Selector selector) throws IOException {
        channel.configureBlocking(false);
        return channel.register(selector, 0);
    }

    /** Fills whatever room it gets, and needs as much of it as the wire that it stands for. */
    private record Endless(Wire wire, CompletableFuture<List<Integer>> told, List<Integer> rooms) implements Wire {
        Endless(Wire wire, CompletableFuture<List<Integer>> told) {
            this(wire, told, Collections.synchronizedList(new ArrayList<>()));
        }

        @Override
        public int read(ByteBuffer target) {
            if (rooms.size() == READS) {
                told.complete(List.copyOf(rooms));
                return 0;
            }
            int room = target.remaining();
            rooms.add(room);
            target.position(target.limit());
            return room;
        }

        @Override
        public boolean holdsInput() {
            return rooms.size() < READS;
        }

        @Override
        public int leastRead() {
            return wire.leastRead();
        }

        @Override
        public void write(ByteBuffer source) throws IOException {
            wire.write(source);
        }

        @Override
        public void endOutput() throws IOException {
            wire.endOutput();
        }

        @Override
        public SocketChannel channel() {
            return wire.channel();
        }
    }

    /** Takes all. */
    private record Bottomless(SocketChannel channel) implements Wire {
        @Override
        public int read(ByteBuffer target) {
            return 0;
        }

        @Override
        public void write(ByteBuffer source) {
            source.position(source.limit());
        }

        @Override
        public void endOutput() {}
    }

    private record Failing(CompletableFuture<List<Integer>> told) implements Relay.Owner {
        @Override
        public void sourceEnded(Relay relay) {}

        @Override
        public void sourceFailed(Relay relay, IOException cause) {
            told.completeExceptionally(cause);
        }

        @Override
        public void targetFailed(Relay relay, IOException cause) {
            told.completeExceptionally(cause);
        }

        @Override
        public void resumed() {}
    }
}
