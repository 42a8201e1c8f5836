package dev.headroom.cli.address;

import dev.headroom.proxy.postgres.upstream.Upstream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * libpq's password file (PostgreSQL documentation, "The Password File"): its lines match by host and port, so those of
 * a server are repeated for the address that stands for it.
 */
final class PasswordFile {
    private PasswordFile() {}

    /** The lines of the app's password file with those for the stand-ins in front; null where nothing has to change. */
    static @Nullable List<String> translated(Map<String, String> environment, Map<Upstream, StandIn> standIns) {
        Path file = place(environment);
        if (file == null || !Files.isReadable(file)) {
            return null;
        }
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException e) {
            // the driver would not be able to read it either
            return null;
        }
        List<String> added = new ArrayList<>();
        standIns.forEach((server, address) -> {
            for (String line : lines) {
                String rest = restIfMatching(line, server);
                if (rest != null) {
                    added.add(address.host().replaceAll("([:\\\\])", "\\\\$1") + ":" + address.port() + ":" + rest);
                }
            }
        });
        if (added.isEmpty()) {
            return null;
        }
        added.addAll(lines);
        return added;
    }

    private static @Nullable Path place(Map<String, String> environment) {
        String named = environment.get("PGPASSFILE");
        if (named != null) {
            return Path.of(named);
        }
        String home = environment.get("HOME");
        return home == null ? null : Path.of(home, ".pgpass");
    }

    /** Database, user and password of a line that is for this server; null for another's. */
    private static @Nullable String restIfMatching(String line, Upstream server) {
        if (line.startsWith("#")) {
            return null;
        }
        int afterHost = separator(line, 0);
        int afterPort = afterHost < 0 ? -1 : separator(line, afterHost + 1);
        if (afterPort < 0) {
            return null;
        }
        String host = line.substring(0, afterHost).replace("\\:", ":").replace("\\\\", "\\");
        String port = line.substring(afterHost + 1, afterPort);
        return (host.equals("*") || names(host, server.address()))
                        && (port.equals("*") || port.equals(port(server.address())))
                ? line.substring(afterPort + 1)
                : null;
    }

    /** Sockets go by the name of localhost, or by their folder. */
    private static boolean names(String host, Upstream.Address address) {
        if (address instanceof Upstream.Host server) {
            return host.equalsIgnoreCase(server.name());
        }
        Path socket = ((Upstream.Socket) address).path();
        return host.equals("localhost") || host.equals(String.valueOf(socket.getParent()));
    }

    private static String port(Upstream.Address address) {
        String text = address.toString();
        return text.substring(text.lastIndexOf(address instanceof Upstream.Host ? ':' : '.') + 1);
    }

    private static int separator(String line, int from) {
        for (int i = from; i < line.length(); i++) {
            if (line.charAt(i) == '\\') {
                i++;
            } else if (line.charAt(i) == ':') {
                return i;
            }
        }
        return -1;
    }
}
