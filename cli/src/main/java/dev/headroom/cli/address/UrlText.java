package dev.headroom.cli.address;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text, such as a variable's value or a JSON document in one, in which there may be URLs of PostgreSQL servers.
 */
final class UrlText {
    /** Schemes with their colon. Testcontainers' {@code jdbc:tc:} names an image, not a server. */
    private static final String SCHEME = "(?:jdbc:(?!tc:)(?:[A-Za-z0-9_-]+:)*?(?:postgresql|pgsql):"
            + "|r2dbcs?:(?!tc:)(?:[A-Za-z0-9_-]+:)*?postgres(?:ql)?:(?:[a-z]+:)?(?=//)"
            + "|(?:postgres|postgresql|postgis|pgsql|psql)(?:\\+[A-Za-z0-9_]+)?:(?=//))";

    private static final Pattern URL = Pattern.compile(
            "(?<![A-Za-z0-9+.:/_-])(?<scheme>" + SCHEME + ")(?<rest>[^\\s\"'<>\\\\]*?)(?=[\\s\"'<>\\\\]|$|[,;](?:"
                    + SCHEME + "))",
            Pattern.CASE_INSENSITIVE);

    /** A variable that is one URL and nothing else may hold quotes in its password. */
    private static final Pattern WHOLE =
            Pattern.compile("(?<scheme>" + SCHEME + ")(?:(?![,;]" + SCHEME + ")\\S)*", Pattern.CASE_INSENSITIVE);

    private final String text;

    UrlText(String text) {
        this.text = text;
    }

    /** The text with every URL replaced by what {@code change} makes of it, all else as it was. */
    String replaced(Change change) {
        // most variables have nothing to do with a database
        if (!text.contains("postg") && !text.contains("sql:") && !text.contains("POSTG")) {
            return text;
        }
        Matcher whole = WHOLE.matcher(text);
        Matcher matcher = whole.matches() ? whole.reset() : URL.matcher(text);
        StringBuilder out = new StringBuilder();
        while (matcher.find()) {
            DatabaseUrl url =
                    DatabaseUrl.parse(matcher.group(), matcher.group("scheme").length());
            matcher.appendReplacement(out, Matcher.quoteReplacement(change.apply(url, matcher.group())));
        }
        return matcher.appendTail(out).toString();
    }

    /** Makes another URL of one. */
    @FunctionalInterface
    interface Change {
        String apply(DatabaseUrl url, String written);
    }
}
