package dev.headroom.proxy.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NotYetConnectedException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each call against a real socket, with buffers that take the way past the channel and such that don't. */
@Timeout(60)
class SocketCallsTest {
    private Selector selector;
    private SocketChannel ours;
    private SocketChannel theirs;

    @BeforeEach
    void connect() throws IOException {
        selector = Selector.open();
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            theirs = SocketChannel.open(server.getLocalAddress());
            take(server.accept());
        }
    }

    @AfterEach
    void close() throws IOException {
        ours.close();
        theirs.close();
        selector.close();
    }

    private void take(SocketChannel accepted) throws IOException {
        ours = accepted;
        ours.configureBlocking(false);
        ours.register(selector, SelectionKey.OP_READ);
    }

    @Test
    void theJdkLetsUsAtItsCalls() {
        // as the jar's manifest opens it; a JDK in which this fails is served by channels, only slower
        assertThat(SocketCalls.available()).isTrue();
    }

    @Test
    void nothingThereIsNoEnd() throws IOException {
        for (ByteBuffer target : bothKinds(16)) {
            assertThat(SocketCalls.read(ours, target)).isZero();
            assertThat(target.position()).isZero();
        }
    }

    @Test
    void readsWhatIsThereBehindWhatTheBufferHolds() throws IOException {
        readBehindWhatTheBufferHolds();
    }

    @Test
    void whatHasNoRoomIsReadNext() throws IOException {
        for (ByteBuffer target : bothKinds(3)) {
            send("hello");
            assertThat(readable(target)).isEqualTo(3);
            assertThat(SocketCalls.read(ours, target)).isZero();
            target.clear();
            assertThat(readable(target)).isEqualTo(2);
            assertThat(text(target)).isEqualTo("lo");
        }
    }

    @Test
    void writesFromThePositionToTheLimit() throws IOException {
        writeFromThePositionToTheLimit();
    }

    @Test
    void whatTheSystemDoesNotTakeRemains() throws IOException {
        ByteBuffer source = ByteBuffer.allocateDirect(1 << 16);
        long taken = 0;
        int last = -1;
        while (last != 0) {
            source.clear();
            SocketCalls.write(ours, source);
            last = source.position();
            taken += last;
        }
        ByteBuffer received = ByteBuffer.allocate(1 << 16);
        for (long read = 0; read < taken; received.clear()) {
            read += theirs.read(received);
        }
        ours.keyFor(selector).interestOps(SelectionKey.OP_WRITE);
        selector.select();
        SocketCalls.write(ours, source);
        assertThat(source.position()).isPositive();
    }

    @Test
    void theEndIsTold() throws IOException {
        readTheEnd();
    }

    @Test
    void aResetThrows() throws IOException {
        theirs.setOption(StandardSocketOptions.SO_LINGER, 0);
        theirs.close();
        selector.select();
        assertThatThrownBy(() -> SocketCalls.read(ours, ByteBuffer.allocateDirect(16)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("reset");
        assertThatThrownBy(() -> SocketCalls.write(ours, ByteBuffer.allocateDirect(16)))
                .isInstanceOf(IOException.class);
    }

    @Test
    void aClosedChannelThrows() throws IOException {
        ours.close();
        for (ByteBuffer buffer : bothKinds(16)) {
            assertThatThrownBy(() -> SocketCalls.read(ours, buffer)).isInstanceOf(ClosedChannelException.class);
            assertThatThrownBy(() -> SocketCalls.write(ours, buffer)).isInstanceOf(ClosedChannelException.class);
        }
    }

    @Test
    void aChannelThatIsNotConnectedThrows() throws IOException {
        try (SocketChannel unconnected = SocketChannel.open()) {
            unconnected.configureBlocking(false);
            for (ByteBuffer buffer : bothKinds(16)) {
                assertThatThrownBy(() -> SocketCalls.read(unconnected, buffer))
                        .isInstanceOf(NotYetConnectedException.class);
                assertThatThrownBy(() -> SocketCalls.write(unconnected, buffer))
                        .isInstanceOf(NotYetConnectedException.class);
            }
        }
    }

    @Test
    void unixSocketsTakeTheSameWay(@TempDir Path folder) throws IOException {
        close();
        selector = Selector.open();
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(folder.resolve("s"));
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(address);
            theirs = SocketChannel.open(address);
            take(server.accept());
        }
        readBehindWhatTheBufferHolds();
        writeFromThePositionToTheLimit();
        readTheEnd();
    }

    private void readBehindWhatTheBufferHolds() throws IOException {
        for (ByteBuffer target : bothKinds(8)) {
            target.put((byte) '>').limit(6);
            send("hello");
            assertThat(readable(target)).isEqualTo(5);
            assertThat(text(target)).isEqualTo(">hello");
        }
    }

    private void writeFromThePositionToTheLimit() throws IOException {
        for (ByteBuffer source : bothKinds(8)) {
            source.put(bytes("(hello)")).flip().position(1).limit(6);
            SocketCalls.write(ours, source);
            assertThat(source.hasRemaining()).isFalse();
            ByteBuffer received = ByteBuffer.allocate(5);
            while (received.hasRemaining()) {
                theirs.read(received);
            }
            assertThat(text(received)).isEqualTo("hello");
        }
    }

    private void readTheEnd() throws IOException {
        theirs.shutdownOutput();
        for (ByteBuffer target : bothKinds(16)) {
            assertThat(readable(target)).isEqualTo(-1);
        }
    }

    /** Of that many bytes each: outside the heap, and in it. */
    private static Iterable<ByteBuffer> bothKinds(int bytes) {
        return List.of(ByteBuffer.allocateDirect(bytes), ByteBuffer.allocate(bytes));
    }

    private int readable(ByteBuffer target) throws IOException {
        selector.select();
        selector.selectedKeys().clear();
        return SocketCalls.read(ours, target);
    }

    private void send(String text) throws IOException {
        theirs.write(ByteBuffer.wrap(bytes(text)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** What was put into it. */
    private static String text(ByteBuffer filled) {
        byte[] bytes = new byte[filled.flip().remaining()];
        filled.get(bytes);
        return new String(bytes, StandardCharsets.US_ASCII);
    }
}
