package dev.headroom.cli.run;

import dev.headroom.proxy.http.AppLocation;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Where the app listens. Until that is known, who asks gets what {@link AppWatch} saw at the told port within the last
 * moments, and is told again once a connection stands, so that no request goes to another program that took that port.
 * Thread-safe.
 */
final class AppAddress implements AppLocation {
    private static final long FRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final byte[] IPV4_LOOPBACK = {127, 0, 0, 1};
    private static final byte[] IPV6_LOOPBACK = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

    private final InetSocketAddress told;
    private final Semaphore asked = new Semaphore(0);
    private volatile @Nullable SocketAddress address;
    private volatile long untakenNanos;
    private volatile boolean untaken;

    AppAddress(int toldPort) {
        told = new InetSocketAddress(InetAddress.getLoopbackAddress(), toldPort);
    }

    /** Its address; null where it would have to be looked at first, which is done then. Does not wait. */
    @Override
    public @Nullable SocketAddress get() {
        SocketAddress known = address;
        if (known != null) {
            return known;
        }
        if (untaken && System.nanoTime() - untakenNanos < FRESH_NANOS) {
            return told;
        }
        ask();
        return null;
    }

    /**
     * {@inheritDoc}
     *
     * <p>Where a connection to the told port stands and nobody is seen to listen there, the app's socket can't be seen
     * (a container engine translates addresses, say), and the told port holds.
     */
    @Override
    public @Nullable SocketAddress since(long nanos) {
        SocketAddress known = address;
        return known != null ? known : lookedAtSince(nanos);
    }

    private synchronized @Nullable SocketAddress lookedAtSince(long nanos) {
        if (address == null && untaken && untakenNanos - nanos >= 0) {
            address = told;
        }
        if (address == null) {
            ask();
        }
        return address;
    }

    private void ask() {
        if (asked.availablePermits() == 0) {
            asked.release();
        }
    }

    /** Waits until it is asked for the address, but no longer than that. */
    void awaitQuestion(long millis) throws InterruptedException {
        asked.tryAcquire(millis, TimeUnit.MILLISECONDS);
        asked.drainPermits();
    }

    /**
     * Nobody was seen at the told port, so the app can only be there if that can't be seen.
     *
     * @param nanos when the look began
     */
    void nobodyThere(long nanos) {
        untakenNanos = nanos;
        untaken = true;
    }

    /** Another program has the told port. */
    void taken() {
        untaken = false;
    }

    /** It can't be seen who listens, so the told port holds. */
    void unseen() {
        address = told;
    }

    /** It listens there: on all addresses of the machine, or on that one. */
    synchronized void found(InetSocketAddress listening) {
        address = listening.getAddress().isAnyLocalAddress() ? loopback(listening) : listening;
    }

    /** It listens on that Unix socket. */
    synchronized void found(UnixDomainSocketAddress listening) {
        address = listening;
    }

    private static InetSocketAddress loopback(InetSocketAddress any) {
        boolean onlySixth = any.getAddress() instanceof Inet6Address && bindable(any.getPort());
        try {
            return new InetSocketAddress(
                    InetAddress.getByAddress(onlySixth ? IPV6_LOOPBACK : IPV4_LOOPBACK), any.getPort());
        } catch (IOException e) {
            throw new IllegalStateException("neither 4 nor 16 bytes are an address", e);
        }
    }

    /** Whether the port is free on IPv4: then who listens on all IPv6 addresses can't be reached there (ipv6(7)). */
    private static boolean bindable(int port) {
        try (Socket socket = new Socket()) {
            socket.setReuseAddress(false);
            socket.bind(new InetSocketAddress(InetAddress.getByAddress(IPV4_LOOPBACK), port)); // does not listen
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
