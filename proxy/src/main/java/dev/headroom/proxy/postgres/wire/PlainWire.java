package dev.headroom.proxy.postgres.wire;

import dev.headroom.proxy.net.SocketCalls;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** A connection without TLS. */
public record PlainWire(SocketChannel channel) implements Wire {
    @Override
    public int read(ByteBuffer target) throws IOException {
        return SocketCalls.read(channel, target);
    }

    @Override
    public void write(ByteBuffer source) throws IOException {
        SocketCalls.write(channel, source);
    }

    @Override
    public void endOutput() throws IOException {
        channel.shutdownOutput();
    }
}
