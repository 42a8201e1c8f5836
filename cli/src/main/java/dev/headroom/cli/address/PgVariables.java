package dev.headroom.cli.address;

import dev.headroom.proxy.postgres.upstream.SslMode;
import dev.headroom.proxy.postgres.upstream.Upstream;
import dev.headroom.proxy.postgres.upstream.UpstreamTls;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** libpq's own variables (PostgreSQL documentation, "Environment Variables"), which most drivers read. */
final class PgVariables {
    private static final Set<String> TELL_OF_USE =
            Set.of("PGHOST", "PGHOSTADDR", "PGPORT", "PGDATABASE", "PGUSER", "PGPASSWORD");

    private static final Set<String> OF_THE_WAY = Set.of(
            "PGSSLMODE",
            "PGREQUIRESSL",
            "PGSSLNEGOTIATION",
            "PGSSLCERT",
            "PGSSLKEY",
            "PGSSLROOTCERT",
            "PGSSLCRL",
            "PGSSLCRLDIR",
            "PGSSLCERTMODE",
            "PGCHANNELBINDING",
            "PGGSSENCMODE",
            "PGREQUIREPEER");

    private final Map<String, String> environment;
    private final ClientDefaults defaults;

    PgVariables(Map<String, String> environment, ClientDefaults defaults) {
        this.environment = environment;
        this.defaults = defaults;
    }

    /** Whether the app seems to connect with their help. */
    boolean used() {
        return TELL_OF_USE.stream().anyMatch(environment::containsKey);
    }

    /** The servers that they name, or that a driver takes when they name none. */
    List<Upstream> servers() {
        UpstreamTls tls = tls();
        return places(tls.mode()).stream()
                .map(place -> Servers.at(place.host(), place.port(), tls, login()))
                .toList();
    }

    /** Who they say connects to what. */
    Servers.Login login() {
        return new Servers.Login(
                environment.get("PGUSER"), environment.get("PGPASSWORD"), environment.get("PGDATABASE"));
    }

    /** Where those servers are. */
    List<HostPort> places() {
        return places(tls().mode());
    }

    private List<HostPort> places(SslMode mode) {
        String address = environment.getOrDefault("PGHOSTADDR", "");
        String name = environment.getOrDefault("PGHOST", "");
        // a certificate is for a name; otherwise the address is what libpq connects to
        String hosts = address.isEmpty() || mode == SslMode.VERIFY_FULL && !name.isEmpty() ? name : address;
        List<HostPort> places = new ArrayList<>();
        for (HostPort item : HostPort.pair(hosts, environment.getOrDefault("PGPORT", ""))) {
            int port = item.port() == 0 ? Servers.DEFAULT_PORT : item.port();
            places.add(new HostPort(item.host().isEmpty() ? defaults.host(port) : item.host(), port));
        }
        return places;
    }

    /** Points them at these addresses, without TLS, in {@code changed}. */
    void rewrite(List<StandIn> towards, Map<String, String> changed) {
        changed.put("PGHOST", joined(towards, StandIn::host));
        changed.put("PGPORT", joined(towards, address -> Integer.toString(address.port())));
        changed.remove("PGHOSTADDR");
        withoutTls(changed);
    }

    /** Takes what concerns the way to the server out of {@code changed}, if it was there. */
    void withoutTls(Map<String, String> changed) {
        boolean any = changed.keySet().removeAll(OF_THE_WAY);
        if (any) {
            changed.put("PGSSLMODE", "disable");
        }
    }

    /** How they ask for TLS. */
    UpstreamTls tls() {
        return TlsParameters.read(UrlDialect.LIBPQ, tlsParameters());
    }

    /** The same as parameters of a URL, for what an address leaves out. */
    UrlParameters tlsParameters() {
        UrlParameters asParameters = UrlParameters.parse("");
        for (String name : OF_THE_WAY) {
            String value = environment.get(name);
            if (value != null && name.startsWith("PGSSL") || name.equals("PGREQUIRESSL") && value != null) {
                asParameters = asParameters.plus(name.substring(2) + "=" + value.replace("%", "%25"));
            }
        }
        return asParameters;
    }

    /** The service that they name; null for none. */
    @Nullable
    String service() {
        String service = environment.get("PGSERVICE");
        return service == null || service.isEmpty() ? null : service;
    }

    private static String joined(List<StandIn> addresses, Function<StandIn, String> part) {
        return addresses.stream().map(part).collect(Collectors.joining(","));
    }
}
