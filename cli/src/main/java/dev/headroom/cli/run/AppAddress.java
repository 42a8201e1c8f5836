package dev.headroom.cli.run;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Where the app listens: where it was told to, until it is found elsewhere. Thread-safe. */
final class AppAddress implements Supplier<@Nullable InetSocketAddress> {
    private volatile InetSocketAddress address;

    AppAddress(int toldPort) {
        address = new InetSocketAddress(InetAddress.getLoopbackAddress(), toldPort);
    }

    @Override
    public InetSocketAddress get() {
        return address;
    }

    /** It listens there: on all addresses of the machine, or on that one. */
    void found(InetSocketAddress listening) {
        boolean any = listening.getAddress().isAnyLocalAddress();
        address = any ? new InetSocketAddress(InetAddress.getLoopbackAddress(), listening.getPort()) : listening;
    }
}
