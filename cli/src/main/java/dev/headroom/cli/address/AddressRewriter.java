package dev.headroom.cli.address;

import dev.headroom.core.HeadroomException;
import dev.headroom.proxy.postgres.upstream.Upstream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Points an app's PostgreSQL addresses at the proxy. Values never get into what it tells: only the names of variables
 * do. Used once, by one thread.
 */
public final class AddressRewriter {
    private final Map<String, String> original;
    private final Listeners listeners;
    private final Map<String, String> changed;
    private final Map<Upstream, StandIn> standIns = new LinkedHashMap<>();
    private final TreeSet<String> rewritten = new TreeSet<>();
    private final List<String> notes = new ArrayList<>();
    private ClientDefaults defaults = ClientDefaults.of(List.of(), "");
    private PgVariables pg;

    /** For an app that would get this environment. */
    public AddressRewriter(Map<String, String> environment, Listeners listeners) {
        // by name, so that ports are given in the same order each time
        this.original = Collections.unmodifiableMap(new TreeMap<>(environment));
        this.changed = new TreeMap<>(environment);
        this.listeners = new DefaultCertificate(environment.get("HOME"), listeners);
        this.pg = new PgVariables(original, defaults);
    }

    /**
     * Rewrites what is found by itself and what {@code named} says.
     *
     * @param arguments the command's arguments
     * @param named a variable's name, {@code NAME=URL}, or a URL, each as {@code --db} takes it
     * @param privateFolder a folder that only this user can read, for translated password and service files
     * @throws UnusableAddressException if one of {@code named} can't be used
     */
    public RewrittenEnvironment rewrite(List<String> arguments, List<String> named, Path privateFolder) {
        return rewrite(
                arguments, named, privateFolder, ClientDefaults.of(arguments, original.getOrDefault("PATH", "")));
    }

    RewrittenEnvironment rewrite(
            List<String> arguments, List<String> named, Path privateFolder, ClientDefaults clientDefaults) {
        defaults = clientDefaults;
        pg = new PgVariables(original, defaults);
        for (String item : named) {
            named(item);
        }
        for (Map.Entry<String, String> variable : original.entrySet()) {
            if (!rewritten.contains(variable.getKey())) {
                attempt(variable.getKey(), () -> inValue(variable.getKey(), variable.getValue()));
            }
        }
        List<String> changedArguments = new ArrayList<>();
        for (String argument : arguments) {
            changedArguments.add(argument);
            int last = changedArguments.size() - 1;
            attempt("an argument", () -> {
                String better = new UrlText(argument).replaced(this::url);
                changedArguments.set(last, better);
                if (!better.equals(argument)) {
                    rewritten.add("an argument of the command");
                }
            });
        }
        attempt("PGHOST", this::pgVariables);
        attempt("PGSERVICE", () -> service(privateFolder));
        pairs();
        attempt("PGHOST", this::nothingNamed);
        passwordFile(privateFolder);
        return new RewrittenEnvironment(changed, changedArguments, List.copyOf(rewritten), notes);
    }

    /** The app's own mistakes stay the app's: it is started as it is, and what was not understood is said. */
    private void attempt(String name, Runnable step) {
        try {
            step.run();
        } catch (HeadroomException e) {
            // unusable, or the proxy can't serve it (a certificate that is not there)
            notes.add(name + " is left as it is: " + e.getMessage());
        }
    }

    private void inValue(String name, String value) {
        KeywordString keywords = KeywordString.recognise(value);
        String better = keywords == null
                ? new UrlText(value).replaced(this::url)
                : keywords.rewritten(listen(keywords.server(pg.tlsParameters())));
        put(name, value, better);
    }

    private void put(String name, String before, String after) {
        if (!after.equals(before)) {
            changed.put(name, after);
            rewritten.add(name);
        }
    }

    private String url(DatabaseUrl url, String written) {
        String service = url.service();
        if (url.hasPlaceholder() || service != null && url.namesNoServer()) {
            return written;
        }
        if (url.namesNoServer() && (pg.used() || pg.service() != null) && !written.startsWith("jdbc:")) {
            // the driver takes host and port from PGHOST and PGPORT, which are rewritten
            return url.withoutTls();
        }
        HostPort fallback = written.startsWith("jdbc:")
                ? new HostPort("localhost", Servers.DEFAULT_PORT)
                : pg.places().get(0);
        // pgjdbc and libpq both take these for what a URL leaves out
        Servers.Login login = pg.login();
        List<StandIn> towards = url.servers(fallback, login, pg.tlsParameters()).stream()
                .map(this::listen)
                .toList();
        return url.rewritten(towards);
    }

    private void pgVariables() {
        if (pg.used() && pg.service() == null) {
            List<StandIn> towards = pg.servers().stream().map(this::listen).toList();
            pg.rewrite(towards, changed);
            rewritten.add("PGHOST");
            rewritten.add("PGPORT");
        }
    }

    private void service(Path privateFolder) {
        String service = pg.service();
        if (service == null) {
            return;
        }
        ServiceFile file = ServiceFile.find(service, original);
        if (file == null) {
            throw new UnusableAddressException("no service file has the section that it names");
        }
        List<StandIn> towards = file.servers(service, defaults, pg.tlsParameters()).stream()
                .map(this::listen)
                .toList();
        Path copy = PrivateFile.write(
                privateFolder.resolve("pg_service.conf"),
                file.rewritten(service, towards).lines());
        changed.put("PGSERVICEFILE", copy.toString());
        pg.withoutTls(changed);
        rewritten.add("PGSERVICE");
    }

    /** Where nothing names a server, libpq and its kin take the socket in its own folder, unless PGHOST says another. */
    private void nothingNamed() {
        String folder = defaults.certainSocketFolder(Servers.DEFAULT_PORT);
        if (!rewritten.isEmpty() || !notes.isEmpty() || pg.used() || pg.service() != null || folder == null) {
            return;
        }
        StandIn towards = listen(Servers.at(folder, Servers.DEFAULT_PORT, pg.tls(), pg.login()));
        if (towards.isSocket()) {
            changed.put("PGHOST", towards.host());
            rewritten.add("PGHOST");
        }
    }

    private void pairs() {
        List<String> unsure = new ArrayList<>();
        List<HostPortVariables.Pair> pairs = new ArrayList<>();
        attempt("a pair of variables", () -> pairs.addAll(HostPortVariables.find(original, pg.tls(), unsure)));
        for (HostPortVariables.Pair pair : pairs) {
            if (!rewritten.contains(pair.hostName()) && !pair.hostName().equals("PGHOST")) {
                pair(pair);
            }
        }
        unsure.stream()
                .filter(name -> !rewritten.contains(name))
                .forEach(name -> notes.add(name + " is left as it is: it may be another kind of database; if it is"
                        + " PostgreSQL, add --db " + name));
    }

    private void pair(HostPortVariables.Pair pair) {
        boolean socket = pair.server().address() instanceof Upstream.Socket;
        StandIn found = pair.hasPort() || socket ? listen(pair.server()) : null;
        if (found != null && (pair.hasPort() || found.isSocket())) {
            changed.put(pair.hostName(), found.host());
            rewritten.add(pair.hostName());
            if (pair.hasPort()) {
                changed.put(pair.portName(), Integer.toString(found.port()));
                rewritten.add(pair.portName());
            }
            return;
        }
        // without a variable for it the app may have the port in its code
        StandIn towards = listeners.listenOnSamePort(pair.server(), pair.port());
        if (towards == null) {
            notes.add(pair.hostName() + " is left as it is: no loopback address has port " + pair.port() + " free; set "
                    + pair.portName() + " if the app reads it");
            return;
        }
        changed.put(pair.hostName(), towards.host());
        standIns.put(pair.server(), towards);
        rewritten.add(pair.hostName());
    }

    private void named(String item) {
        if (item.contains("://")) {
            int equals = item.indexOf('=');
            boolean hasName = equals > 0 && item.substring(0, equals).matches("[A-Za-z_][A-Za-z0-9_.]*");
            String name = hasName ? item.substring(0, equals) : "DATABASE_URL";
            String url = hasName ? item.substring(equals + 1) : item;
            String better = replaced(url);
            if (better.equals(url)) {
                throw new UnusableAddressException("--db: this is not the URL of a PostgreSQL server; the forms are"
                        + " postgresql://USER@HOST:PORT/NAME and jdbc:postgresql://HOST:PORT/NAME");
            }
            changed.put(name, better);
            rewritten.add(name);
            return;
        }
        String value = original.get(item);
        if (value == null) {
            throw new UnusableAddressException(
                    "--db " + item + ": there is no variable of that name in the environment, and it is no URL either");
        }
        try {
            inValue(item, value);
            if (!rewritten.contains(item)) {
                String stem = item.replaceFirst("(?i)_(host|hostname|server|addr|address)$", "");
                HostPortVariables.Pair pair = HostPortVariables.pair(item, stem, value.strip(), pg.tls(), original);
                if (value.contains(":") && !value.startsWith("/")) {
                    StandIn towards = listen(pair.server());
                    changed.put(item, towards.host() + ":" + towards.port());
                    rewritten.add(item);
                } else {
                    pair(pair);
                }
            }
        } catch (UnusableAddressException e) {
            throw new UnusableAddressException("--db " + item + ": " + e.getMessage());
        }
    }

    private String replaced(String url) {
        try {
            return new UrlText(url).replaced(this::url);
        } catch (UnusableAddressException e) {
            throw new UnusableAddressException("--db: " + e.getMessage());
        }
    }

    private void passwordFile(Path privateFolder) {
        List<String> lines = PasswordFile.translated(original, standIns);
        if (lines != null) {
            Path copy = PrivateFile.write(privateFolder.resolve("pgpass"), lines);
            changed.put("PGPASSFILE", copy.toString());
        }
    }

    private StandIn listen(Upstream server) {
        return standIns.computeIfAbsent(server, listeners::listen);
    }
}
