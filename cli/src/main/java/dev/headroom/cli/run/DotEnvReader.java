package dev.headroom.cli.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the lines of a {@code .env} file as python-dotenv, Compose and Foreman agree on them: {@code KEY=value} or
 * {@code KEY: value}, comments, values in single quotes as they are, in double quotes with {@code \n} for a line feed,
 * both over several lines, and {@code ${NAME}} or {@code ${NAME:-default}} outside single quotes. Where they differ, a
 * value is left as it is written: {@code $NAME} means itself. Used once, by one thread.
 */
final class DotEnvReader {
    private static final Pattern ASSIGNED =
            Pattern.compile("\\s*(?:export\\s+)?(?:'([\\w.-]+)'|([\\w.-]+))\\s*(?:=|:(?=\\s|$))");
    private static final Pattern NAME_ALONE = Pattern.compile("\\s*(?:export\\s+)?([A-Za-z_]\\w*)\\s*(?:#.*)?");
    private static final Pattern NOTHING = Pattern.compile("\\s*(?:#.*)?");
    private static final Pattern PLAIN = Pattern.compile("(.*?)(?:\\s+#.*)?");
    private static final Pattern ESCAPED = Pattern.compile("\\\\([n\"\\\\])");
    private static final Pattern REFERENCE = Pattern.compile("(\\\\)?\\$\\{([A-Za-z_]\\w*)(?::-([^}]*))?}");

    private final List<String> lines;
    private final Map<String, String> environment;
    private final Map<String, String> variables = new LinkedHashMap<>();
    private final List<Integer> unread = new ArrayList<>();

    DotEnvReader(List<String> lines, Map<String, String> environment) {
        this.lines = lines;
        this.environment = environment;
    }

    DotEnv read() {
        int next = 0;
        while (next < lines.size()) {
            next = statement(next);
        }
        return new DotEnv(variables, unread);
    }

    /** Reads what begins in this line; where the next one does. */
    private int statement(int at) {
        String line = lines.get(at);
        Matcher assigned = ASSIGNED.matcher(line);
        if (!assigned.lookingAt()) {
            return NOTHING.matcher(line).matches() || known(line) ? at + 1 : unread(at);
        }
        String name = assigned.group(assigned.group(1) != null ? 1 : 2);
        String written = line.substring(assigned.end());
        String value = written.stripLeading();
        boolean quote = value.startsWith("\"") || value.startsWith("'");
        return quote ? quoted(at, name, value) : plain(at, name, written);
    }

    /** A name without a value means the one that the environment has. */
    private boolean known(String line) {
        Matcher alone = NAME_ALONE.matcher(line);
        return alone.matches() && (environment.containsKey(alone.group(1)) || variables.containsKey(alone.group(1)));
    }

    private int plain(int at, String name, String written) {
        Matcher plain = PLAIN.matcher(written);
        return put(at, name, expanded((plain.matches() ? plain.group(1) : written).strip()), at + 1);
    }

    private int quoted(int at, String name, String written) {
        char quote = written.charAt(0);
        StringBuilder value = new StringBuilder();
        String rest = written.substring(1);
        int last = at;
        int end = end(rest, quote);
        while (end < 0 && last + 1 < lines.size()) {
            value.append(rest).append('\n');
            last++;
            rest = lines.get(last);
            end = end(rest, quote);
        }
        if (end >= 0 && NOTHING.matcher(rest.substring(end + 1)).matches()) {
            return put(at, name, unquoted(value.append(rest, 0, end).toString(), quote), last + 1);
        }
        return written.indexOf(quote, 1) > 0 ? put(at, name, onOneLine(written, quote), at + 1) : unread(at);
    }

    /** Where the quote ends in this line; -1 if it doesn't. */
    private static int end(String line, char quote) {
        for (int i = 0; i < line.length(); i++) {
            if (line.charAt(i) == quote) {
                return i;
            }
            if (line.charAt(i) == '\\') {
                i++;
            }
        }
        return -1;
    }

    /** A value whose quotes are not around all of it is what it is; a backslash may be the last thing in single ones. */
    private static String onOneLine(String written, char quote) {
        int second = written.indexOf(quote, 1);
        boolean whole =
                quote == '\'' && NOTHING.matcher(written.substring(second + 1)).matches();
        return whole
                ? written.substring(1, second)
                : written.replaceFirst("\\s+#.*", "").strip();
    }

    private String unquoted(String value, char quote) {
        if (quote == '\'') {
            return value.replace("\\'", "'");
        }
        return expanded(ESCAPED.matcher(value)
                .replaceAll(each -> each.group(1).equals("n") ? "\n" : Matcher.quoteReplacement(each.group(1))));
    }

    private String expanded(String value) {
        return REFERENCE.matcher(value).replaceAll(each -> {
            String literal = each.group().substring(1);
            return Matcher.quoteReplacement(
                    each.group(1) != null
                            ? literal
                            : valueOf(each.group(2), each.group(3) == null ? "" : each.group(3)));
        });
    }

    private String valueOf(String name, String otherwise) {
        String value = environment.getOrDefault(name, variables.getOrDefault(name, ""));
        return value.isEmpty() ? otherwise : value;
    }

    private int put(int at, String name, String value, int next) {
        if (value.indexOf('\0') >= 0) {
            return unread(at);
        }
        variables.put(name, value);
        return next;
    }

    private int unread(int at) {
        unread.add(at + 1);
        return at + 1;
    }
}
