package dev.headroom.cli.run;

import dev.headroom.core.FileFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** The {@code web:} line of a Procfile: what a platform would start. */
final class Procfile {
    private static final String WEB = "web:";

    private Procfile() {}

    /**
     * Its command, run by a shell as a platform does it; of several lines the first one's.
     *
     * @param notes takes that there are several
     */
    static List<String> web(Path file, Consumer<String> notes) {
        if (!Files.isRegularFile(file)) {
            throw new CannotRunException(
                    ExitStatus.USAGE,
                    "no command was given and there is no Procfile here; try: headroom run -- COMMAND [ARGUMENT...]");
        }
        try {
            List<String> lines = TextFile.lines(file);
            List<Integer> web = IntStream.range(0, lines.size())
                    .filter(line -> lines.get(line).startsWith(WEB))
                    .boxed()
                    .toList();
            if (web.isEmpty()) {
                throw new CannotRunException(ExitStatus.CONFIGURATION, file + " has no line that starts with " + WEB);
            }
            String command = lines.get(web.get(0)).substring(WEB.length()).strip();
            if (command.isEmpty()) {
                throw new CannotRunException(
                        ExitStatus.CONFIGURATION, file + " has no command in its line that starts with " + WEB);
            }
            if (web.size() > 1) {
                notes.accept(file + " has " + web.size() + " lines that start with " + WEB + " the first, line "
                        + (web.get(0) + 1) + ", is run, line " + (web.get(1) + 1) + " is not");
            }
            return List.of("/bin/sh", "-c", command);
        } catch (IOException e) {
            throw new CannotRunException(
                    ExitStatus.CONFIGURATION, file + " could not be read: " + FileFailure.reason(e), e);
        }
    }
}
