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
 * are, in double quotes with {@code \n} for a line feed. What the environment has already wins.
 */
final class DotEnv {
    private static final Pattern LINE =
            Pattern.compile("\\s*(?:export\\s+)?([A-Za-z_][A-Za-z0-9_.]*)\\s*=\\s*(.*?)\\s*");

    private DotEnv() {}

    /** The variables of the file, none if there is no such file. */
    static Map<String, String> read(Path file) {
        Map<String, String> variables = new LinkedHashMap<>();
        if (!Files.isRegularFile(file)) {
            return variables;
        }
        try {
            for (String line : Files.readAllLines(file)) {
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
        if (written.length() >= 2 && written.startsWith("'") && written.endsWith("'")) {
            return written.substring(1, written.length() - 1);
        }
        if (written.length() >= 2 && written.startsWith("\"") && written.endsWith("\"")) {
            return written.substring(1, written.length() - 1)
                    .replace("\\n", "\n")
                    .replace("\\\"", "\"")
                    .replace("\\\\", "\\");
        }
        int comment = written.indexOf(" #");
        return comment < 0 ? written : written.substring(0, comment).strip();
    }
}
