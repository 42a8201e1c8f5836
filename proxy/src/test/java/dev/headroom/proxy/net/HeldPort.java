package dev.headroom.proxy.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * A port that is taken, though nobody listens there: connections to it are refused, and the system gives it to nobody
 * else. Only a server that asks for it by its number, with SO_REUSEADDR, can listen there, as ServerSocket and PostgreSQL
 * do on Linux (socket(7)).
 */
public final class HeldPort implements AutoCloseable {
    /** Its number. */
    public final int number;

    private final Socket holder = new Socket();

    /** Takes that port of that address, 0 for any that is free. */
    public HeldPort(InetAddress address, int wanted) throws IOException {
        try {
            holder.setReuseAddress(true);
            holder.bind(new InetSocketAddress(address, wanted));
        } catch (IOException e) {
            holder.close();
            throw e;
        }
        number = holder.getLocalPort();
    }

    /** Takes any of the loopback address that is free. */
    public static HeldPort any() throws IOException {
        return new HeldPort(InetAddress.getLoopbackAddress(), 0);
    }

    @Override
    public void close() throws IOException {
        holder.close();
    }
}
