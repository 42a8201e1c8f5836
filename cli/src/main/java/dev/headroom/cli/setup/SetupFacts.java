package dev.headroom.cli.setup;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was seen while an app was tried. No value of its environment is among them.
 *
 * @param rewritten names of what points at the proxy
 * @param notes what was left as it is though it may be an address of PostgreSQL, in words
 * @param toldPort the port that the app was told
 * @param listensOn where it listens, as in {@code port 8000} or {@code the socket /run/app.sock}; null for nowhere
 * @param exitStatus its exit status where it ended by itself; null where it did not
 * @param seconds how long it was watched
 * @param answers what requests brought
 * @param proxied connections that it opened to its database through the proxy
 * @param statements statements that passed, BEGIN and the like not included
 * @param passedBy what it connected to past the proxy
 * @param sqliteFiles SQLite databases that it had open
 * @param otherDatabases kinds of databases that its own instrumentation told of, besides PostgreSQL
 * @param toldOfPostgres whether its own instrumentation told of a PostgreSQL connection
 * @param troubles what the proxies could not do, in words
 * @param python whether its command starts Python
 * @param pythonSwitches switches in its command that keep Python from loading instrumentation
 * @param instrumented whether instrumentation was put into it
 * @param hellos processes that loaded it
 * @param connectionsKnown whether this system tells whom processes connect to
 */
public record SetupFacts(
        List<String> rewritten,
        List<String> notes,
        int toldPort,
        @Nullable String listensOn,
        @Nullable Integer exitStatus,
        double seconds,
        List<Answer> answers,
        int proxied,
        long statements,
        List<PassedBy> passedBy,
        List<String> sqliteFiles,
        List<String> otherDatabases,
        boolean toldOfPostgres,
        List<String> troubles,
        boolean python,
        List<String> pythonSwitches,
        boolean instrumented,
        long hellos,
        boolean connectionsKnown) {
    public SetupFacts {
        rewritten = List.copyOf(rewritten);
        notes = List.copyOf(notes);
        answers = List.copyOf(answers);
        passedBy = List.copyOf(passedBy);
        sqliteFiles = List.copyOf(sqliteFiles);
        otherDatabases = List.copyOf(otherDatabases);
        troubles = List.copyOf(troubles);
        pythonSwitches = List.copyOf(pythonSwitches);
    }

    /**
     * What one request brought.
     *
     * @param path what was asked for
     * @param status the response's status; 0 where none came in time
     * @param byApp whether the app answered, and not the proxy for it
     * @param millis how long it took
     */
    public record Answer(String path, int status, boolean byApp, long millis) {}

    /**
     * A connection that did not go through the proxy.
     *
     * @param where the address, or the path of a socket
     * @param server the name of what is usually reached there, e.g. {@code PostgreSQL}; null where unknown
     * @param certain whether it is known to be the app's: the kernel tells no owner of one that was closed at once, or
     *     of a Unix socket
     */
    public record PassedBy(String where, @Nullable String server, boolean certain) {}
}
