package dev.headroom.cli.sample;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A process that listens on a port.
 *
 * @param pid its id
 * @param name what the kernel calls it; null where it has ended
 * @param environment its variables at its start, as {@code NAME=value}; empty where they can't be read
 */
record PortHolder(long pid, @Nullable String name, List<String> environment) {
    /** What listens for the containers of Docker and Podman. */
    private static final Set<String> FORWARDERS =
            Set.of("docker-proxy", "rootlesskit", "rootlessport", "slirp4netns", "pasta", "pasta.avx2", "conmon");

    PortHolder {
        environment = List.copyOf(environment);
    }

    /** The one whose folder below /proc that is. */
    static PortHolder of(Path folder) {
        String environment = ProcFile.text(folder.resolve("environ"));
        return new PortHolder(
                Long.parseLong(folder.getFileName().toString()),
                ProcFile.text(folder.resolve("comm")),
                environment == null ? List.of() : List.of(environment.split("\0", -1)));
    }

    /** Whether it listens for a program in a container. */
    boolean forwards() {
        return name != null && FORWARDERS.contains(name);
    }

    /** Whether it was started with that port in PORT: then it is the app's, though it has left its tree. */
    boolean wasTold(int port) {
        return environment.contains("PORT=" + port);
    }

    /** Whether it wrote over its variables, as nginx does to show its title, so that what it was told isn't known. */
    boolean hidesEnvironment() {
        return !environment.isEmpty() && environment.stream().noneMatch(variable -> variable.indexOf('=') > 0);
    }

    @Override
    public String toString() {
        return (name == null ? "a process" : name) + " (process " + pid + ")";
    }
}
