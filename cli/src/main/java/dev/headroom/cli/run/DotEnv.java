package dev.headroom.cli.run;

import dev.headroom.core.FileFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@code .env} file as Foreman and Heroku Local read it: {@code KEY=value}, comments, values in single quotes as they
 * are, in double quotes with {@code \n} for a line feed; a comment may follow a value. What the environment has already
 * wins.
 */
final class DotEnv {
    private static final Pattern LINE = Pattern.compile("\\s*(?:export\\s+)?([A-Za-z_][A-Za-z0-9_.]*)\\s*=(.*)");
    private static final String COMMENT = "\\s*(?:\\s#.*)?";
    private static final Pattern SINGLE = Pattern.compile("\\s*'([^']*)'" + COMMENT);
    private static final Pattern DOUBLE = Pattern.compile("\\s*\"((?:[^\"\\\\]|\\\\.)*)\"" + COMMENT);
    private static final Pattern PLAIN = Pattern.compile("(.*?)" + COMMENT);
    private static final Pattern ESCAPED = Pattern.compile("\\\\([n\"\\\\])");

    private DotEnv() {}

    /** The variables of the file, none if there is no such file. */
    static Map<String, String> read(Path file) {
        Map<String, String> variables = new LinkedHashMap<>();
        if (!Files.isRegularFile(file)) {
            return variables;
        }
        try {
            for (String line : TextFile.lines(file)) {
                Matcher matcher = LINE.matcher(line);
                if (!line.strip().startsWith("#") && matcher.matches()) {
                    variables.put(matcher.group(1), value(matcher.group(2)));
                }
            }
        } catch (IOException e) {
            throw new CannotRunException(
                    ExitStatus.CONFIGURATION, file + " could not be read: " + FileFailure.reason(e), e);
        }
        return variables;
    }

    private static String value(String written) {
        Matcher single = SINGLE.matcher(written);
        if (single.matches()) {
            return single.group(1);
        }
        Matcher quoted = DOUBLE.matcher(written);
        if (quoted.matches()) {
            return ESCAPED.matcher(quoted.group(1))
                    .replaceAll(each -> each.group(1).equals("n") ? "\n" : Matcher.quoteReplacement(each.group(1)));
        }
        Matcher plain = PLAIN.matcher(written);
        return (plain.matches() ? plain.group(1) : written).strip();
    }
}
