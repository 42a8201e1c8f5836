package dev.headroom.cli.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The command that starts the app. */
final class AppCommand {
    private AppCommand() {}

    /**
     * The given one; where none was given, the Procfile's web line in our working directory, with the variables of
     * {@code .env} added to {@code environment} that it lacks.
     *
     * @param notes takes what of these files was left out
     */
    static List<String> of(List<String> given, Map<String, String> environment, Consumer<String> notes) {
        if (!given.isEmpty()) {
            return given;
        }
        Path file = Path.of(".env");
        DotEnv said = DotEnv.read(file, environment);
        said.variables().forEach(environment::putIfAbsent);
        String leftOut = said.leftOut();
        if (leftOut != null) {
            notes.accept(file + ": " + leftOut);
        }
        return Procfile.web(Path.of("Procfile"), notes);
    }
}
