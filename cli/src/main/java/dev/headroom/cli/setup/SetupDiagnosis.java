package dev.headroom.cli.setup;

import dev.headroom.cli.setup.SetupFacts.Answer;
import dev.headroom.cli.setup.SetupFacts.PassedBy;
import dev.headroom.cli.setup.SetupFinding.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Judges what was seen while an app was tried. */
public final class SetupDiagnosis {
    private static final String POSTGRES = "PostgreSQL";

    private final SetupFacts facts;
    private final List<SetupFinding> findings = new ArrayList<>();

    private SetupDiagnosis(SetupFacts facts) {
        this.facts = facts;
    }

    /** What the facts mean, requests first, then the database, then instrumentation. */
    public static List<SetupFinding> of(SetupFacts facts) {
        SetupDiagnosis diagnosis = new SetupDiagnosis(facts);
        diagnosis.addresses();
        diagnosis.listening();
        facts.answers().forEach(diagnosis::answer);
        diagnosis.database();
        diagnosis.otherServers();
        diagnosis.python();
        return diagnosis.findings;
    }

    /** Whether all that was found is intercepted, and the app could be tried. */
    public static boolean complete(List<SetupFinding> findings) {
        return findings.stream()
                .noneMatch(finding -> finding.level() == Level.MISSED || finding.level() == Level.UNTRIED);
    }

    private void add(String id, Level level, String text, String next) {
        findings.add(new SetupFinding(id, level, text, next));
    }

    private void addresses() {
        if (facts.rewritten().isEmpty()) {
            add(
                    "no-address",
                    Level.NOTE,
                    "no PostgreSQL address was found in the environment or the command",
                    "if the app has one in a file or in its code, let it read it from DATABASE_URL, or name it with --db");
        } else {
            add(
                    "addresses",
                    Level.SEEN,
                    "PostgreSQL addresses led through Headroom: " + String.join(", ", facts.rewritten()),
                    "");
        }
        facts.notes().forEach(note -> add("address-left", Level.NOTE, note, ""));
    }

    private void listening() {
        Integer exit = facts.exitStatus();
        String after = String.format(Locale.ROOT, " after %.1f s", facts.seconds());
        String told = "port " + facts.toldPort();
        String listensOn = facts.listensOn();
        if (told.equals(listensOn)) {
            add("listens", Level.SEEN, "the app listens on " + told + ", as PORT told it", "");
        } else if (listensOn != null) {
            add(
                    "listens-elsewhere",
                    Level.SEEN,
                    "the app listens on " + listensOn + " and not on " + told
                            + ", which PORT said; requests are led there",
                    "");
        } else if (exit == null) {
            add(
                    "never-listened",
                    Level.UNTRIED,
                    "the app listened on no port" + after + ", so no request could be tried",
                    "if it needs longer to start, give it --timeout; if it is a job that serves nobody, run it under"
                            + " headroom run: its statements are seen all the same");
        } else if (exit == 0) {
            add("job", Level.NOTE, "the app ended by itself" + after + " and served nobody: a job", "");
        } else {
            add(
                    "app-died",
                    Level.UNTRIED,
                    "the app ended with exit status " + exit + after + ", before it listened on a port",
                    "read its own output above, and try it without Headroom");
        }
        facts.troubles().forEach(trouble -> add("trouble", Level.NOTE, trouble, ""));
    }

    private void answer(Answer answer) {
        String path = "GET " + answer.path();
        if (!answer.byApp()) {
            add(
                    "not-answered",
                    Level.MISSED,
                    path
                            + (answer.status() == 0
                                    ? " got no answer"
                                    : " was answered by Headroom with " + answer.status())
                            + " after " + answer.millis() + " ms",
                    "try a path that answers at once with --path");
        } else if (answer.status() >= 400) {
            add(
                    "answered-with-error",
                    Level.NOTE,
                    path + " reached the app, which answered " + answer.status(),
                    "try a page that works, and that reads from the database, with --path");
        } else {
            add(
                    "answered",
                    Level.SEEN,
                    path + " reached the app and was answered " + answer.status() + " in " + answer.millis() + " ms",
                    "");
        }
    }

    private void database() {
        boolean passedBy = false;
        for (PassedBy each : facts.passedBy()) {
            if (POSTGRES.equals(each.server())) {
                passedBy = true;
                String opened = each.certain()
                        ? "the app opened a connection to " + each.where() + " past the proxy"
                        : "a connection to " + each.where() + " past the proxy was opened while the app was tried, "
                                + "probably by the app";
                add(
                        "past-the-proxy",
                        Level.MISSED,
                        opened,
                        "its settings or its code hold that address: let them read it from the environment, or name the"
                                + " variable that they do read with --db");
            }
        }
        if (facts.proxied() > 0) {
            add(
                    "database",
                    Level.SEEN,
                    "the app opened " + count(facts.proxied(), "connection") + " to its database through the proxy; "
                            + count(facts.statements(), "statement") + " seen",
                    "");
        } else if (!passedBy && facts.toldOfPostgres()) {
            add(
                    "past-the-proxy",
                    Level.MISSED,
                    "the app's Python opened PostgreSQL, but no connection came through the proxy",
                    "name the variable or the URL of the database with --db");
        } else if (!passedBy && !sqlite() && !facts.rewritten().isEmpty()) {
            add(
                    "no-connection",
                    Level.UNTRIED,
                    "the app opened no connection to a database while it was tried",
                    "name a page that reads from the database with --path");
        }
        sqliteFound(facts.proxied() > 0 ? Level.NOTE : Level.MISSED);
    }

    private boolean sqlite() {
        return !facts.sqliteFiles().isEmpty() || !facts.otherDatabases().isEmpty();
    }

    private void sqliteFound(Level level) {
        String next = "point the app to a PostgreSQL, e.g. by DATABASE_URL, if its queries are to be seen";
        for (String file : facts.sqliteFiles()) {
            add(
                    "sqlite",
                    level,
                    "the app opened the SQLite database " + file + "; only PostgreSQL's statements are seen",
                    next);
        }
        if (facts.sqliteFiles().isEmpty()) {
            for (String kind : facts.otherDatabases()) {
                add(
                        kind,
                        level,
                        "the app opened a database of kind " + kind + "; only PostgreSQL's statements are seen",
                        next);
            }
        }
    }

    private void otherServers() {
        for (PassedBy each : facts.passedBy()) {
            if (!POSTGRES.equals(each.server())) {
                String what = each.server() == null ? "" : ", where " + each.server() + " usually is";
                String next = each.server() == null ? "if that is PostgreSQL, name its variable or URL with --db" : "";
                add(
                        "other-connection",
                        Level.NOTE,
                        "the app opened a connection to " + each.where() + what + "; Headroom doesn't read it",
                        next);
            }
        }
        if (!facts.connectionsKnown()) {
            add(
                    "connections-unknown",
                    Level.NOTE,
                    "this system doesn't tell whom processes connect to, so what goes past the proxy can't be seen",
                    "");
        }
    }

    private void python() {
        if (!facts.instrumented()) {
            add("no-instrumentation", Level.NOTE, "nothing was put into the app (--no-instrumentation)", "");
        } else if (facts.hellos() > 0) {
            add(
                    "instrumentation",
                    Level.SEEN,
                    "Headroom's instrumentation was loaded by " + count(facts.hellos(), "process")
                            + " of the app: statements will have lines of code",
                    "");
        } else if (facts.python()) {
            boolean known = !facts.pythonSwitches().isEmpty();
            add(
                    "no-hello",
                    Level.MISSED,
                    "no hello from the app's Python: "
                            + (known
                                    ? String.join(" ", facts.pythonSwitches())
                                            + " keeps it from loading instrumentation"
                                    : "it loaded no instrumentation")
                            + ", so statements have no lines of code",
                    known
                            ? "start it without " + String.join(" ", facts.pythonSwitches())
                            : "look for -I, -E or -S where it is started, for a variable PYTHONPATH that a script sets,"
                                    + " and for a Python before 3.7");
        }
    }

    private static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : what.endsWith("s") ? "es" : "s");
    }
}
