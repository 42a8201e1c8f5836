package dev.headroom.cli.address;

import dev.headroom.proxy.postgres.upstream.Upstream;
import dev.headroom.proxy.postgres.upstream.UpstreamTls;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A URL that names PostgreSQL servers, in parts that are kept as they were written: {@code prefix} (the scheme with
 * its colon), {@code userInfo} (with its at sign), {@code hosts}, {@code path}, {@code parameters}, {@code fragment}.
 * Rewriting changes the hosts and what concerns TLS, nothing else.
 */
final class DatabaseUrl {
    private final String prefix;
    private final String userInfo;
    private final String hosts;
    private final String path;
    private final UrlParameters parameters;
    private final String fragment;

    private DatabaseUrl(String text, int schemeLength) {
        prefix = text.substring(0, schemeLength);
        String rest = text.substring(schemeLength);
        int server = serverStart(rest);
        // to libpq, pgjdbc and SQLAlchemy a hash is a character as any other
        int hash = dialect() == UrlDialect.R2DBC ? rest.indexOf('#', server) : -1;
        fragment = hash < 0 ? "" : rest.substring(hash);
        rest = hash < 0 ? rest : rest.substring(0, hash);
        int question = rest.indexOf('?', server);
        parameters = UrlParameters.parse(question < 0 ? "" : rest.substring(question + 1));
        rest = question < 0 ? rest : rest.substring(0, question);
        if (rest.startsWith("//")) {
            int slash = rest.indexOf('/', server);
            path = slash < 0 ? "" : rest.substring(slash);
            userInfo = rest.substring(2, server);
            hosts = slash < 0 ? rest.substring(server) : rest.substring(server, slash);
        } else {
            // jdbc:postgresql:database and jdbc:postgresql:/
            path = rest.startsWith("/") ? rest : "/" + rest;
            userInfo = "";
            hosts = "";
        }
    }

    /**
     * Where the servers begin in {@code //user:password@servers/…}. A password may hold a hash or a question mark that
     * nobody escaped, since libpq reads it up to the first at sign before a slash (conninfo_uri_parse_options), and a
     * slash too in a URL of SQLAlchemy's ({@code _parse_url}).
     */
    private int serverStart(String rest) {
        if (!rest.startsWith("//")) {
            return 0;
        }
        int end = 2;
        while (end < rest.length() && "/?#".indexOf(rest.charAt(end)) < 0) {
            end++;
        }
        int at = rest.lastIndexOf('@', end);
        if (at > 0) {
            return at + 1;
        }
        int later = rest.indexOf('@', end);
        if (later < 0 || dialect() != UrlDialect.LIBPQ) {
            return 2;
        }
        String between = rest.substring(end, later);
        boolean ofPassword = prefix.indexOf('+') < 0
                ? between.indexOf('/') < 0
                : rest.substring(2, end).indexOf(':') >= 0;
        int question = between.indexOf('?');
        boolean ofParameter = question >= 0 && between.indexOf('=', question) >= 0;
        return ofPassword && !ofParameter ? later + 1 : 2;
    }

    /** Takes a URL apart whose scheme, with its colon, has that length. */
    static DatabaseUrl parse(String text, int schemeLength) {
        return new DatabaseUrl(text, schemeLength);
    }

    /** Whether it names no server, so that the driver's defaults decide. */
    boolean namesNoServer() {
        return hosts.isEmpty() && parameters.get("host") == null && parameters.get("hostaddr") == null;
    }

    /** The name of the section in a service file that it refers to; null for none. */
    @Nullable
    String service() {
        return dialect() == UrlDialect.LIBPQ ? parameters.get("service") : null;
    }

    /** Whether a part is still to be filled in by the app, as in {@code ${DB_HOST}}. */
    boolean hasPlaceholder() {
        return hosts.contains("$") || hosts.contains("{");
    }

    /**
     * The servers that it names, in order; {@code fallback} where it names none, {@code login} and {@code pgTls}, libpq's
     * variables, for what it leaves out.
     */
    List<Upstream> servers(HostPort fallback, Servers.Login login, UrlParameters pgTls) {
        UpstreamTls tls = TlsParameters.read(dialect(), parameters, pgTls);
        List<Upstream> servers = new ArrayList<>();
        for (HostPort item : addresses()) {
            String host = item.host().isEmpty() ? fallback.host() : item.host();
            int port = item.port() == 0 ? fallback.port() : item.port();
            servers.add(Servers.at(host, port, tls, login().or(login)));
        }
        return servers;
    }

    /** Who it says connects to what. */
    private Servers.Login login() {
        String name = userInfo.isEmpty() ? "" : userInfo.substring(0, userInfo.length() - 1);
        int colon = name.indexOf(':');
        String user = name.isEmpty() ? parameters.get("user") : decode(colon < 0 ? name : name.substring(0, colon));
        String password = colon < 0 ? parameters.get("password") : decode(name.substring(colon + 1));
        String database = path.length() > 1 ? decode(path.substring(1)) : parameters.get("dbname");
        return new Servers.Login(user, password, database);
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // a bare percent sign in a password: drivers that decode would fail, others take it as it is
            return text;
        }
    }

    /** The same URL, without TLS, towards these addresses, one for each server. */
    String rewritten(List<StandIn> towards) {
        UrlParameters others =
                parameters.without(name -> name.equals("host") || name.equals("hostaddr") || name.equals("port"));
        if (hosts.isEmpty() && towards.stream().anyMatch(StandIn::isSocket)) {
            // some clients know a socket's folder as a parameter only
            return rewritten(
                    "",
                    others.plus("host="
                                    + joined(
                                            towards,
                                            item -> encoded(item.host()).replace("%2F", "/")))
                            .plus("port=" + joined(towards, item -> Integer.toString(item.port()))));
        }
        return rewritten(joined(towards, item -> encoded(item.host()) + ":" + item.port()), others);
    }

    private static String joined(List<StandIn> towards, Function<StandIn, String> part) {
        return towards.stream().map(part).collect(Collectors.joining(","));
    }

    private static String encoded(String host) {
        return URLEncoder.encode(host, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** The same URL with nothing but TLS changed. */
    String withoutTls() {
        return rewritten(hosts, parameters);
    }

    private String rewritten(String authority, UrlParameters kept) {
        UrlParameters changed = kept.without(TlsParameters::concerns);
        String scheme = prefix.startsWith("r2dbcs:") ? "r2dbc:" + prefix.substring(7) : prefix;
        String noTls = dialect().withoutTls(scheme.substring(0, scheme.length() - 1));
        if (noTls != null) {
            changed = changed.plus(noTls);
        }
        return scheme + "//" + userInfo + authority + path + changed + fragment;
    }

    private List<HostPort> addresses() {
        if (dialect() == UrlDialect.LIBPQ) {
            List<String> named = parameters.all("host");
            String port = parameters.get("port");
            if (named.size() > 1
                    || named.size() == 1
                            && !named.get(0).startsWith("/")
                            && named.get(0).contains(":")) {
                // SQLAlchemy's form for several hosts
                return HostPort.list(String.join(",", named));
            }
            String host = named.isEmpty() ? parameters.get("hostaddr") : named.get(0);
            if (host != null) {
                return HostPort.pair(host, port == null ? "" : port);
            }
        }
        return HostPort.list(hosts);
    }

    private UrlDialect dialect() {
        return UrlDialect.ofScheme(prefix);
    }
}
