package dev.headroom.cli.sidechannel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headroom.core.HeadroomException;
import dev.headroom.core.capture.CaptureEvent;
import dev.headroom.core.capture.CaptureEvent.InstrumentedCall;
import dev.headroom.core.trace.Event;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class SideChannelTest {
    private final StatedEvents stated = new StatedEvents();
    private final List<SocketChannel> apps = new ArrayList<>();

    @TempDir
    private Path folder;

    @AfterEach
    void closeApps() throws IOException {
        for (SocketChannel app : apps) {
            app.close();
        }
    }

    private SocketChannel connect(SideChannel channel) throws IOException {
        Path path = Path.of(channel.environment().get(SideChannel.VARIABLE));
        SocketChannel app = SocketChannel.open(UnixDomainSocketAddress.of(path));
        apps.add(app);
        return app;
    }

    private static void write(SocketChannel app, String text) throws IOException {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
        while (bytes.hasRemaining()) {
            app.write(bytes);
        }
    }

    @Test
    void framesArriveHoweverTheyAreCut() throws IOException {
        SideChannel channel = SideChannel.open(folder, stated);
        SocketChannel app = connect(channel);
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 5_000; i++) {
            lines.append("X 1 ").append(i).append(" 10 20 0 1\n");
        }
        for (int at = 0; at < lines.length(); at += 997) {
            write(app, lines.substring(at, Math.min(lines.length(), at + 997)));
        }
        app.close();
        awaitCalls(channel, 5_000);
        channel.close();
        assertThat(stated.of(InstrumentedCall.class))
                .extracting(InstrumentedCall::requestId)
                .hasSize(5_000)
                .isSorted();
    }

    @Test
    void whatAnAppWroteBeforeItEndedIsReadBeforeTheChannelCloses() throws IOException {
        SideChannel channel = SideChannel.open(folder, stated);
        SocketChannel app = connect(channel);
        write(app, "X 1 1 10 20 0 1\n");
        awaitCalls(channel, 1);
        write(app, "X 1 2 10 20 0 1\n".repeat(3_000));
        channel.close();
        assertThat(channel.facts().calls()).isEqualTo(3_001);
    }

    @Test
    void aLineWithoutEndIsSkippedAndTheNextOneRead() throws IOException {
        try (SideChannel channel = SideChannel.open(folder, stated)) {
            SocketChannel app = connect(channel);
            write(app, "P 1 " + "x".repeat(3 << 20) + "\nX 1 2 10 20 0 1\n");
            awaitCalls(channel, 1);
            assertThat(channel.facts().unreadableFrames()).isPositive();
        }
    }

    @Test
    void aSnapshotIsAnsweredByEachProcessThatSaidHello() throws Exception {
        try (SideChannel channel = SideChannel.open(folder, stated)) {
            connect(channel);
            SocketChannel app = connect(channel);
            write(app, "H {\"pid\":4711}\nX 1 1 10 20 0 1\n");
            awaitCalls(channel, 1);
            Map<Long, CompletableFuture<String>> answers = channel.snapshot();
            answer(app, "[{\"thread\":1}]");
            assertThat(answers).containsOnlyKeys(4711L);
            assertThat(answers.values().iterator().next().get(60, TimeUnit.SECONDS))
                    .isEqualTo("[{\"thread\":1}]");
        }
    }

    private static void answer(SocketChannel app, String stacks) throws IOException {
        ByteBuffer question = ByteBuffer.allocate(100);
        app.read(question);
        String token = new String(question.array(), 0, question.position(), StandardCharsets.US_ASCII);
        write(app, token.strip().replace('Q', 'A') + " " + stacks + "\n");
    }

    @Test
    void aRequestThatPassesItsLimitLeavesAnEventOfWhatTheThreadsDid() throws Exception {
        try (SideChannel channel = SideChannel.open(folder, stated)) {
            SocketChannel app = connect(channel);
            write(app, "H {\"pid\":4711}\nX 1 1 10 20 0 1\n");
            awaitCalls(channel, 1);
            TimeoutStacks sink = new TimeoutStacks(stated, channel);
            Event timeout = new Event(1, Event.Kind.ROUTER_TIMEOUT, 7, "GET /wait had no byte");
            sink.offer(new CaptureEvent.Happened(timeout));
            sink.offer(new CaptureEvent.Happened(timeout)); // soon after: not asked again
            String wait = "[\"/usr/lib/python3.11/socket.py:1 recv\",\"/app/shop/views.py:54 wait\","
                    + "\"/tmp/headroom-run-1/python/_headroom/wsgi_requests.py:12 headroom\"]";
            answer(
                    app,
                    "[{\"thread\":1,\"name\":\"waitress-3\",\"request\":7,\"nanos\":1,\"frames\":" + wait + "},"
                            + "{\"thread\":2,\"request\":8,\"nanos\":1,\"frames\":" + wait + "},"
                            + "{\"thread\":3,\"request\":0,\"frames\":[]}]");
            List<CaptureEvent.Happened> happened = stated.of(CaptureEvent.Happened.class);
            while (happened.size() < 3) {
                Thread.onSpinWait();
                happened = stated.of(CaptureEvent.Happened.class);
            }
            assertThat(happened).hasSize(3);
            assertThat(happened.get(2).event().requestId()).isEqualTo(7);
            assertThat(happened.get(2).event().text())
                    .isEqualTo("at that moment, waitress-3 served it at /usr/lib/python3.11/socket.py:1 recv"
                            + " < /app/shop/views.py:54 wait; 1 other request at /app/shop/views.py:54 wait;"
                            + " 1 threads served none");
        }
    }

    @Test
    void aFolderWhosePathIsTooLongIsRefusedWithWhatToDo() throws IOException {
        Path deep = Files.createDirectories(folder.resolve("x".repeat(120)));
        assertThatThrownBy(() -> SideChannel.open(deep, stated))
                .isInstanceOf(HeadroomException.class)
                .hasMessageContaining("java.io.tmpdir");
    }

    private static void awaitCalls(SideChannel channel, long count) {
        while (channel.facts().calls() < count) {
            Thread.onSpinWait();
        }
    }
}
