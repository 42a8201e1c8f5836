package dev.headroom.cli.address;

import dev.headroom.proxy.postgres.upstream.Upstream;
import dev.headroom.proxy.postgres.upstream.UpstreamTls;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Variables that name a server's host and port apart, as in {@code DB_HOST} and {@code DB_PORT}. */
final class HostPortVariables {
    private static final Pattern HOST = Pattern.compile(
            "(?<stem>(?:[A-Z0-9_]*_)?(?:DB|DATABASE|POSTGRES|POSTGRESQL|PSQL|PG|SQL|RDS|PRIMARY|REPLICA))_"
                    + "(?<suffix>HOST|HOSTNAME|SERVER)",
            Pattern.CASE_INSENSITIVE);
    private static final List<String> KINDS =
            List.of("ENGINE", "TYPE", "CONNECTION", "ADAPTER", "DRIVER", "DIALECT", "VENDOR", "CLIENT", "PLATFORM");

    private HostPortVariables() {}

    /**
     * One pair.
     *
     * @param hostName the host's variable
     * @param portName the port's variable, or where it would be
     * @param hasPort whether the port's variable is set
     * @param port the server's port
     * @param server what they name
     */
    record Pair(String hostName, String portName, boolean hasPort, int port, Upstream server) {}

    /** The pairs that are PostgreSQL's; what only might be is told to {@code unsure} by the host's variable. */
    static List<Pair> find(Map<String, String> environment, UpstreamTls tls, List<String> unsure) {
        List<Pair> pairs = new ArrayList<>();
        for (Map.Entry<String, String> variable : environment.entrySet()) {
            Matcher matcher = HOST.matcher(variable.getKey());
            String host = variable.getValue().strip();
            if (!matcher.matches() || host.isEmpty() || host.contains("://")) {
                continue;
            }
            String stem = matcher.group("stem");
            Boolean postgres = postgres(stem, environment);
            if (postgres == null) {
                unsure.add(variable.getKey());
            } else if (postgres) {
                pairs.add(pair(variable.getKey(), stem, host, tls, environment));
            }
        }
        return pairs;
    }

    /** The pair of that host's variable, whatever its name. */
    static Pair pair(String hostName, String stem, String host, UpstreamTls tls, Map<String, String> environment) {
        String portName = (Character.isLowerCase(hostName.charAt(hostName.length() - 1)) ? "_port" : "_PORT");
        portName = stem + portName;
        String port = environment.getOrDefault(portName, "").strip();
        HostPort written = host.startsWith("/")
                ? HostPort.pair(host, port).get(0)
                : HostPort.list(host).get(0);
        int number = written.port() != 0
                ? written.port()
                : HostPort.pair("", port).get(0).port();
        int known = number == 0 ? Servers.DEFAULT_PORT : number;
        return new Pair(
                hostName,
                portName,
                !port.isEmpty() || written.port() != 0,
                known,
                Servers.at(written.host(), known, tls, Servers.Login.UNKNOWN));
    }

    /** Whether the pair is PostgreSQL's by its name, by a variable that tells the kind, or by its port; null: unknown. */
    private static @Nullable Boolean postgres(String stem, Map<String, String> environment) {
        String upper = stem.toUpperCase(Locale.ROOT);
        if (upper.contains("POSTGRES") || upper.contains("PSQL") || upper.endsWith("PG")) {
            return true;
        }
        if (upper.contains("MYSQL") || upper.contains("MSSQL") || upper.contains("MARIA") || upper.contains("MONGO")) {
            return false;
        }
        for (String kind : KINDS) {
            String value = environment.get(stem + "_" + kind);
            if (value != null && !value.isBlank()) {
                String lower = value.toLowerCase(Locale.ROOT);
                return lower.contains("postg") || lower.contains("pgsql") || lower.equals("pg");
            }
        }
        String port = environment.get(stem + "_PORT");
        if (port == null || port.isBlank()) {
            return null;
        }
        return port.strip().equals("5432") || port.strip().equals("6432") ? Boolean.TRUE : null;
    }
}
