package dev.headroom.cli.run;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.jspecify.annotations.Nullable;

/** Finds ports to listen on. */
public final class FreePort {
    private FreePort() {}

    /**
     * A port of the loopback address that nobody listens on just now.
     *
     * @throws CannotRunException if there is none
     */
    public static int any() {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new CannotRunException(
                    ExitStatus.UNAVAILABLE, "no free port could be had for the app: " + e.getMessage(), e);
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
