package dev.headroom.proxy.postgres;

import dev.headroom.proxy.postgres.message.StartupPacket;
import dev.headroom.proxy.postgres.upstream.Upstream;

/** How a server, and the database that the app asks it for, are called in what is told of a connection. */
final class ServerName {
    private static final int LONGEST = 63; // NAMEDATALEN - 1, pg_config_manual.h
    private static final String SIGNS = "_-.$ ";

    private ServerName() {}

    /** As the end of a sentence, e.g. {@code db.example:5432, database shop}. */
    static String of(Upstream upstream, StartupPacket packet) {
        String database = packet.parameters().getOrDefault("database", "");
        return upstream.address() + (isName(database) ? ", database " + database : "");
    }

    /** Whether it is a name: what is none, such as a URL in the wrong place, may hold what is nobody's business. */
    private static boolean isName(String text) {
        return !text.isBlank()
                && text.length() <= LONGEST
                && text.chars().allMatch(each -> Character.isLetterOrDigit(each) || SIGNS.indexOf(each) >= 0);
    }
}
