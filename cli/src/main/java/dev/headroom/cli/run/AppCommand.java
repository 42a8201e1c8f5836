package dev.headroom.cli.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The command that starts the app. */
final class AppCommand {
    private AppCommand() {}

    /**
     * The given one; where none was given, the Procfile's web line in our working directory, with the variables of
     * {@code .env} added to {@code environment} that it lacks.
     */
    static List<String> of(List<String> given, Map<String, String> environment) {
        if (!given.isEmpty()) {
            return given;
        }
        DotEnv.read(Path.of(".env")).forEach(environment::putIfAbsent);
        return Procfile.web(Path.of("Procfile"));
    }
}
