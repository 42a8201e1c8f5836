package dev.headroom.cli.run;

import dev.headroom.cli.sample.ListeningPorts;
import dev.headroom.core.HeadroomException;
import dev.headroom.proxy.http.HttpProxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The address in front of the app.
 *
 * @param address where to listen; free when it was chosen
 * @param mayMove whether another port will do
 */
record Front(InetSocketAddress address, boolean mayMove) {
    private static final int DEFAULT_PORT = 8080;
    private static final int MOVES = 100;

    /**
     * The address to listen on. A port that nobody named moves up when it is taken, so that two runs can stand side by
     * side; one that was named, or that a platform sends its requests to, must be free.
     *
     * @param say takes what the user should know
     */
    static Front choose(RunSettings settings, Map<String, String> environment, Consumer<String> say) {
        String platform = Platform.recognise(environment);
        int callerPort = callerPort(environment);
        if (callerPort == 0 && !environment.getOrDefault("PORT", "").isBlank()) {
            say.accept("PORT holds no port (1 to 65535) and is left unused");
        }
        InetAddress address = address(settings.listen(), platform, callerPort != 0, say);
        int first = settings.port() != 0 ? settings.port() : callerPort != 0 ? callerPort : DEFAULT_PORT;
        boolean mayMove = settings.port() == 0 && !(platform != null && callerPort != 0);
        for (int port = first; port <= Math.min(first + MOVES, 65_535); port++) {
            InetSocketAddress candidate = new InetSocketAddress(address, port);
            if (FreePort.free(candidate)) {
                if (port != first) {
                    say.accept("port " + first + " is taken" + holder(first) + "; listening on " + port);
                }
                return new Front(candidate, mayMove);
            }
            if (!mayMove) {
                break;
            }
        }
        String obstacle = FreePort.obstacle(new InetSocketAddress(address, first));
        if (obstacle != null && !obstacle.contains("in use")) {
            throw new CannotRunException(
                    ExitStatus.UNAVAILABLE,
                    "port " + first + " on " + address.getHostAddress() + " can't be listened on: " + obstacle
                            + "; choose another with --port, or another address with --listen");
        }
        throw new CannotRunException(
                ExitStatus.UNAVAILABLE,
                "port " + first + " on " + address.getHostAddress() + " is taken" + holder(first)
                        + "; end that, or choose another port with --port");
    }

    /** Opens the proxy there; elsewhere if another run was quicker and the port may move. */
    HttpProxy open(Function<InetSocketAddress, HttpProxy> start, Consumer<String> say) {
        for (int port = address.getPort(); ; port++) {
            InetSocketAddress candidate = new InetSocketAddress(address.getAddress(), port);
            try {
                HttpProxy proxy = start.apply(candidate);
                if (port != address.getPort()) {
                    say.accept("port " + address.getPort() + " was just taken; listening on " + port);
                }
                return proxy;
            } catch (HeadroomException e) {
                if (!mayMove || port >= address.getPort() + MOVES || FreePort.free(candidate)) {
                    throw e;
                }
            }
        }
    }

    /** The caller's PORT; 0 where there is none that is usable. */
    static int callerPort(Map<String, String> environment) {
        String text = environment.getOrDefault("PORT", "").strip();
        if (text.isEmpty() || text.length() > 5 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return 0;
        }
        int port = Integer.parseInt(text);
        return port <= 65_535 ? port : 0;
    }

    private static InetAddress address(
            @Nullable String named, @Nullable String platform, boolean hasPort, Consumer<String> say) {
        try {
            if (named != null) {
                return InetAddress.getAllByName(named)[0];
            }
            if (platform != null && hasPort) {
                say.accept("listening on all addresses, since this is " + platform + " and PORT is set (--listen)");
                return InetAddress.getByName("0.0.0.0");
            }
            return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        } catch (UnknownHostException e) {
            throw new CannotRunException(
                    ExitStatus.USAGE, "--listen " + named + ": there is no such address; try 127.0.0.1 or 0.0.0.0", e);
        }
    }

    private static String holder(int port) {
        String holder = ListeningPorts.ofThisMachine().holder(port);
        return holder == null ? "" : " by " + holder;
    }
}
