package dev.headroom.cli.run;

import dev.headroom.core.FileFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The {@code web:} line of a Procfile: what a platform would start. */
final class Procfile {
    private Procfile() {}

    /** Its command, run by a shell as a platform does it. */
    static List<String> web(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new CannotRunException(
                    ExitStatus.USAGE,
                    "no command was given and there is no Procfile here; try: headroom run -- COMMAND [ARGUMENT...]");
        }
        try {
            for (String line : TextFile.lines(file)) {
                if (line.startsWith("web:")) {
                    String command = line.substring(4).strip();
                    if (command.isEmpty()) {
                        throw new CannotRunException(
                                ExitStatus.CONFIGURATION, file + " has no command in its line that starts with web:");
                    }
                    return List.of("/bin/sh", "-c", command);
                }
            }
        } catch (IOException e) {
            throw new CannotRunException(
                    ExitStatus.CONFIGURATION, file + " could not be read: " + FileFailure.reason(e), e);
        }
        throw new CannotRunException(ExitStatus.CONFIGURATION, file + " has no line that starts with web:");
    }
}
