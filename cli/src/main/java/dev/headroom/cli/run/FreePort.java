package dev.headroom.cli.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Finds ports to listen on. */
public final class FreePort {
    private static final int LOWEST = 10_000;
    private static final int SPAN = 12_000;
    private static final int ATTEMPTS = 100;
    private static final int DYNAMIC = 49_152;

    private FreePort() {}

    /**
     * A port of the loopback address that nobody listens on just now. It is drawn below those that the system gives to
     * outgoing connections and to whoever asks for any port, so that none of these takes it before the app does.
     *
     * @throws CannotRunException if there is none
     */
    public static int any() {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        int below = firstGiven();
        int from = Math.max(LOWEST, below - SPAN);
        for (int attempt = 0; from < below && attempt < ATTEMPTS; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(from, below);
            if (free(new InetSocketAddress(loopback, port))) {
                return port;
            }
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(loopback, 0));
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new CannotRunException(
                    ExitStatus.UNAVAILABLE, "no free port could be had for the app: " + e.getMessage(), e);
        }
    }

    /** The first port that the system gives by itself: ip(7), or, where it doesn't say, RFC 6335, section 6. */
    private static int firstGiven() {
        // buffered: the kernel gives all of it to one read, and nothing to a second one
        try (BufferedReader range = Files.newBufferedReader(Path.of("/proc/sys/net/ipv4/ip_local_port_range"))) {
            String line = range.readLine();
            return line == null ? DYNAMIC : Integer.parseInt(line.strip().split("\\s+", -1)[0]);
        } catch (IOException | NumberFormatException e) {
            return DYNAMIC;
        }
    }

    /** Whether that address can be listened on. */
    static boolean free(InetSocketAddress address) {
        return obstacle(address) == null;
    }

    /** Why that address can't be listened on, in the system's words; null where it can. */
    static @Nullable String obstacle(InetSocketAddress address) {
        try (ServerSocket socket = new ServerSocket()) {
            // as the proxies do: a port in TIME_WAIT is free
            socket.setReuseAddress(true);
            socket.bind(address);
            return null;
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
