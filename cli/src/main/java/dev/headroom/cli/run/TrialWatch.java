package dev.headroom.cli.run;

import dev.headroom.cli.address.StandIn;
import dev.headroom.cli.process.ProcessTree;
import dev.headroom.cli.sample.ListeningPorts;
import dev.headroom.cli.sample.OpenFiles;
import dev.headroom.cli.sample.OutgoingConnections;
import dev.headroom.cli.setup.SetupFacts.PassedBy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Looks at whom an app's processes connect to and which databases they open as files, ten times a second. */
final class TrialWatch implements AutoCloseable {
    private static final long PERIOD_MILLIS = 100;
    private static final String SOCKET = "/.s.PGSQL.";

    private final OutgoingConnections connections = OutgoingConnections.ofThisMachine();
    private final OpenFiles files = OpenFiles.ofThisMachine();
    private final ListeningPorts ports = ListeningPorts.ofThisMachine();
    private final Map<InetSocketAddress, InetSocketAddress> closedBefore = connections.closed();
    private final Map<String, Integer> unixBefore = connections.unixServers();
    private final Set<InetSocketAddress> remote = ConcurrentHashMap.newKeySet();
    private final Set<Integer> own = ConcurrentHashMap.newKeySet();
    private final Set<String> sockets = ConcurrentHashMap.newKeySet();
    private final Set<Path> sqlite = ConcurrentHashMap.newKeySet();
    private @Nullable Thread thread;

    /** Remembers what is there before the app is. */
    TrialWatch() {}

    /** Looks from now on. */
    void start(ProcessTree tree) {
        thread = new Thread(() -> run(tree), "headroom-trial-watch");
        thread.setDaemon(true);
        thread.start();
    }

    private void run(ProcessTree tree) {
        try {
            while (true) {
                look(tree);
                TimeUnit.MILLISECONDS.sleep(PERIOD_MILLIS);
            }
        } catch (InterruptedException e) {
            // the trial is over
            return;
        }
    }

    /** Looks once. */
    void look(ProcessTree tree) {
        List<Long> pids = tree.pids();
        remote.addAll(connections.of(pids));
        ports.of(pids).forEach(address -> own.add(address.getPort()));
        sqlite.addAll(files.sqlite(pids));
        connections.unixServers().forEach((path, count) -> {
            if (path.contains(SOCKET) && count > unixBefore.getOrDefault(path, 0)) {
                sockets.add(path);
            }
        });
    }

    /** The SQLite databases that were open. */
    List<String> sqliteFiles() {
        return sqlite.stream().map(Path::toString).sorted().toList();
    }

    /**
     * What was connected to past the proxy.
     *
     * @param servers knows what is usually where
     * @param databases the listeners that stand for the app's databases
     * @param throughProxy whether connections came through it: those to the servers themselves are then the proxy's
     */
    List<PassedBy> passedBy(DatabaseServers servers, DatabaseProxies databases, boolean throughProxy) {
        Set<InetSocketAddress> standIns = databases.standIns().stream()
                .filter(each -> !each.isSocket())
                .map(each -> new InetSocketAddress(each.host(), each.port()))
                .collect(Collectors.toSet());
        Map<String, PassedBy> found = new TreeMap<>();
        for (InetSocketAddress address : remote) {
            boolean toItself = address.getAddress().isLoopbackAddress() && own.contains(address.getPort());
            if (!standIns.contains(address) && !toItself) {
                add(found, new PassedBy(text(address), servers.nameOf(address), true));
            }
        }
        connections.closed().forEach((local, address) -> {
            boolean ours = throughProxy && servers.isNamed(address);
            if (!closedBefore.containsKey(local)
                    && !standIns.contains(address)
                    && !ours
                    && "PostgreSQL".equals(servers.nameOf(address))) {
                add(found, new PassedBy(text(address), "PostgreSQL", false));
            }
        });
        Set<String> privateSockets = new TreeSet<>();
        databases.standIns().stream().filter(StandIn::isSocket).forEach(each -> privateSockets.add(each.host()));
        for (String socket : sockets) {
            boolean ours = throughProxy && servers.isNamed(Path.of(socket))
                    || privateSockets.contains(String.valueOf(Path.of(socket).getParent()));
            if (!ours) {
                add(found, new PassedBy(socket, "PostgreSQL", false));
            }
        }
        return new ArrayList<>(found.values());
    }

    private static void add(Map<String, PassedBy> found, PassedBy each) {
        found.merge(each.where(), each, (first, second) -> first.certain() ? first : second);
    }

    private static String text(InetSocketAddress address) {
        InetAddress host = address.getAddress();
        String text = host.getHostAddress();
        return (text.indexOf(':') >= 0 ? "[" + text + "]" : text) + ":" + address.getPort();
    }

    @Override
    public void close() {
        if (thread != null) {
            thread.interrupt();
        }
    }
}
