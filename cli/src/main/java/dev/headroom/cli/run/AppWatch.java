package dev.headroom.cli.run;

import dev.headroom.cli.process.ProcessTree;
import dev.headroom.cli.sample.ListeningPorts;
import dev.headroom.cli.sample.PortUse;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Looks whether the app listens where it was told to; where it listens on another port instead, or on no port but on a
 * Unix socket, requests go there, and never to another program that has taken the port. On a thread of its own, until the app listens where it was told to.
 * Needs /proc; elsewhere the told port holds.
 */
final class AppWatch implements AutoCloseable {
    private static final long SHORTEST_MILLIS = 100;

    /** Between two looks where requests wait for what comes of it. */
    private static final long BETWEEN_QUESTIONS_MILLIS = 20;

    private static final long LONGEST_MILLIS = 2_000;

    /** How often its other ports are looked up, which takes a look at each of its open files. */
    private static final long ELSEWHERE_NANOS = 1_000_000_000L;

    /** How often in a row it must have been seen elsewhere only: an app may open a side door first. */
    private static final int CERTAIN = 2;

    /** Debuggers and management: java, node, python, delve, prometheus, jolokia. */
    private static final Set<Integer> NEVER_THE_APP = Set.of(5005, 9229, 5678, 2345, 9090, 9100, 8778, 1099);

    /** The kernel gives these out to those who ask for any port (ip_local_port_range). */
    private static final int FIRST_EPHEMERAL = 32_768;

    /** What became known. */
    interface Listener {
        void listening();

        /** It listens there instead: {@code where} is a port or a socket, in words. */
        void listeningElsewhere(String where);

        /** The app can't be reached: {@code text} says why, and what requests wait for. */
        void unreachable(String text);
    }

    private final int told;
    private final ProcessTree tree;
    private final ListeningPorts ports;
    private final AppAddress address;
    private final Listener listener;
    private final Thread thread;
    private int onPorts;
    private int onSockets;
    private boolean otherStated;

    private AppWatch(int told, ProcessTree tree, AppAddress address, Listener listener) {
        this.told = told;
        this.tree = tree;
        this.ports = ListeningPorts.ofThisMachine();
        this.address = address;
        this.listener = listener;
        this.thread = new Thread(this::run, "headroom-app-watch");
        this.thread.setDaemon(true);
    }

    /** Starts looking. */
    static AppWatch start(int told, ProcessTree tree, AppAddress address, Listener listener) {
        AppWatch watch = new AppWatch(told, tree, address, listener);
        if (watch.ports.available()) {
            watch.thread.start();
        } else {
            address.unseen();
        }
        return watch;
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void run() {
        try {
            long pause = SHORTEST_MILLIS;
            long elsewhereDue = System.nanoTime() + ELSEWHERE_NANOS;
            while (!whereItWasTold()) {
                if (System.nanoTime() - elsewhereDue >= 0) {
                    lookElsewhere();
                    elsewhereDue = System.nanoTime() + Math.max(ELSEWHERE_NANOS, pause * 1_000_000);
                }
                TimeUnit.MILLISECONDS.sleep(BETWEEN_QUESTIONS_MILLIS);
                address.awaitQuestion(pause);
                // where many sockets are open a look is not cheap, and a request asks for one
                pause = Math.min(pause + pause / 2, LONGEST_MILLIS);
            }
        } catch (InterruptedException e) {
            // the run is over
            return;
        }
    }

    private boolean whereItWasTold() {
        long began = System.nanoTime();
        PortUse use = ports.use(told, tree::pids);
        InetSocketAddress found = use.address();
        if (found != null) {
            address.found(found);
            listener.listening();
            return true;
        }
        String other = use.other();
        if (other == null) {
            address.nobodyThere(began);
            return false;
        }
        address.taken();
        if (!otherStated) {
            otherStated = true;
            listener.unreachable("port " + told + ", which the app was told, is taken by " + other
                    + "; requests wait until the app listens elsewhere");
        }
        return false;
    }

    private void lookElsewhere() {
        List<Long> pids = tree.pids();
        List<InetSocketAddress> candidates = ports.of(pids).stream()
                .filter(candidate -> candidate.getPort() < FIRST_EPHEMERAL)
                .filter(candidate -> !NEVER_THE_APP.contains(candidate.getPort()))
                .toList();
        if (!candidates.isEmpty()) {
            if (++onPorts == CERTAIN) {
                address.found(candidates.get(0));
                listener.listeningElsewhere("port " + candidates.get(0).getPort());
            }
            return;
        }
        onPorts = 0;
        List<String> sockets = AppSockets.of(pids);
        onSockets = sockets.isEmpty() ? 0 : onSockets + 1;
        if (onSockets == CERTAIN) {
            onSockets(sockets);
        }
    }

    private void onSockets(List<String> sockets) {
        UnixDomainSocketAddress only = sockets.size() == 1 ? AppSockets.address(sockets.get(0)) : null;
        if (only != null) {
            address.found(only);
            listener.listeningElsewhere("the socket " + only);
        } else {
            listener.unreachable("the app listens on no port, but on the socket " + String.join(" and ", sockets)
                    + (sockets.size() == 1 ? ", which can't be reached" : ", and which takes requests can't be told")
                    + "; requests wait until it listens on port " + told + ", which PORT says");
        }
    }
}
