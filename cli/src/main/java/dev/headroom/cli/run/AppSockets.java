package dev.headroom.cli.run;

import dev.headroom.cli.sample.ListeningSockets;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The Unix sockets on which an app may take requests. */
final class AppSockets {
    /**
     * What runtimes and servers open for themselves: HotSpot to be attached to, Python's multiprocessing, PostgreSQL, and
     * the usual names of sockets by which gunicorn, Puma, supervisord and uWSGI are asked and told things.
     */
    private static final Pattern NEVER_THE_APP = Pattern.compile(".*/(?:\\.java_pid\\d+|pymp-[^/]+/listener-[^/]+"
            + "|\\.s\\.PGSQL\\.\\d+|[^/]+\\.ctl|(?:pumactl|supervisor|stats)\\.sock)");

    private AppSockets() {}

    /** Those that these processes listen on. */
    static List<String> of(List<Long> pids) {
        return ListeningSockets.ofThisMachine().of(pids).stream()
                .filter(name -> !NEVER_THE_APP.matcher(name).matches())
                .toList();
    }

    /** The address of one; null where there is no such file to connect to. */
    static @Nullable UnixDomainSocketAddress address(String name) {
        try {
            return Files.exists(Path.of(name)) ? UnixDomainSocketAddress.of(name) : null;
        } catch (InvalidPathException e) {
            return null;
        }
    }
}
