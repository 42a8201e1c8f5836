package dev.headroom.cli.address;

import dev.headroom.proxy.postgres.upstream.Upstream;
import dev.headroom.proxy.postgres.upstream.UpstreamTls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** libpq's connection service file (PostgreSQL documentation, "The Connection Service File"). */
final class ServiceFile {
    private final List<String> lines;

    private ServiceFile(List<String> lines) {
        this.lines = lines;
    }

    /** The file that has a section of that name, in libpq's order of search; null where none has. */
    static @Nullable ServiceFile find(String service, Map<String, String> environment) {
        List<Path> places = new ArrayList<>();
        String named = environment.get("PGSERVICEFILE");
        String home = environment.get("HOME");
        if (named != null) {
            places.add(Path.of(named));
        } else if (home != null) {
            places.add(Path.of(home, ".pg_service.conf"));
        }
        String system = environment.get("PGSYSCONFDIR");
        places.add(Path.of(system == null ? "/etc/postgresql-common" : system, "pg_service.conf"));
        for (Path place : places) {
            if (Files.isReadable(place)) {
                try {
                    ServiceFile file = new ServiceFile(Files.readAllLines(place));
                    if (file.lines.stream().anyMatch(line -> line.strip().equals("[" + service + "]"))) {
                        return file;
                    }
                } catch (IOException e) {
                    throw new UnusableAddressException(
                            "the service file " + place + " cannot be read: " + e.getMessage());
                }
            }
        }
        return null;
    }

    /** The servers of that section; {@code defaults} where it names none, {@code pgTls} for what it leaves out. */
    List<Upstream> servers(String service, ClientDefaults defaults, UrlParameters pgTls) {
        UrlParameters values = UrlParameters.parse("");
        for (String line : section(service)) {
            values = values.plus(line.strip().replace("%", "%25"));
        }
        String address = values.get("hostaddr");
        String host = values.get("host");
        String port = values.get("port");
        UpstreamTls tls = TlsParameters.read(UrlDialect.LIBPQ, values, pgTls);
        List<Upstream> servers = new ArrayList<>();
        Servers.Login login = new Servers.Login(values.get("user"), values.get("password"), values.get("dbname"));
        String hosts = address != null ? address : host != null ? host : "";
        for (HostPort item : HostPort.pair(hosts, port == null ? "" : port)) {
            int number = item.port() == 0 ? Servers.DEFAULT_PORT : item.port();
            servers.add(Servers.at(item.host().isEmpty() ? defaults.host(number) : item.host(), number, tls, login));
        }
        return servers;
    }

    /** The file with that section pointing at these addresses, without TLS. */
    ServiceFile rewritten(String service, List<StandIn> towards) {
        List<String> out = new ArrayList<>();
        boolean inside = false;
        for (String line : lines) {
            String stripped = line.strip();
            if (stripped.startsWith("[")) {
                inside = stripped.equals("[" + service + "]");
                out.add(line);
                if (inside) {
                    out.add("host=" + towards.stream().map(StandIn::host).collect(Collectors.joining(",")));
                    out.add("port="
                            + towards.stream()
                                    .map(a -> Integer.toString(a.port()))
                                    .collect(Collectors.joining(",")));
                    out.add("sslmode=disable");
                }
            } else if (!inside || !concernsTheWay(stripped)) {
                out.add(line);
            }
        }
        return new ServiceFile(out);
    }

    /** The lines of the file. */
    List<String> lines() {
        return lines;
    }

    private List<String> section(String service) {
        List<String> found = new ArrayList<>();
        boolean inside = false;
        for (String line : lines) {
            String stripped = line.strip();
            if (stripped.startsWith("[")) {
                inside = stripped.equals("[" + service + "]");
            } else if (inside && stripped.indexOf('=') > 0 && !stripped.startsWith("#")) {
                found.add(stripped);
            }
        }
        return found;
    }

    private static boolean concernsTheWay(String line) {
        int equals = line.indexOf('=');
        String name = (equals < 0 ? line : line.substring(0, equals)).strip().toLowerCase(Locale.ROOT);
        return name.equals("host") || name.equals("hostaddr") || name.equals("port") || TlsParameters.concerns(name);
    }
}
