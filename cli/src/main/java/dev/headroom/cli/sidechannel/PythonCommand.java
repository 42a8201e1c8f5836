package dev.headroom.cli.sidechannel;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Tells whether a command starts Python: by its name, or by its script's first line. */
public final class PythonCommand {
    private static final int FIRST_LINE = 200;

    private PythonCommand() {}

    /**
     * Whether it does, as far as can be seen; a shell's command is looked at, too.
     *
     * @param path the caller's PATH
     */
    public static boolean is(List<String> command, String path) {
        if (command.size() == 3 && command.get(1).equals("-c") && command.get(0).endsWith("sh")) {
            return is(
                    List.of(command.get(2).strip().replaceFirst("^exec\\s+", "").split("\\s+")), path);
        }
        String program = command.get(0);
        String name = program.substring(program.lastIndexOf('/') + 1);
        if (name.startsWith("python") || name.startsWith("pypy")) {
            return true;
        }
        if (program.contains("/")) {
            return isScript(Path.of(program));
        }
        for (String folder : path.split(File.pathSeparator, -1)) {
            Path file = Path.of(folder, program);
            if (Files.isExecutable(file)) {
                return isScript(file);
            }
        }
        return false;
    }

    /** The switches in a command of Python that keep sitecustomize or PYTHONPATH out: -I, -E and -S, as they are written. */
    public static List<String> isolation(List<String> command) {
        List<String> found = new ArrayList<>();
        List<String> words = command.size() == 3
                        && command.get(1).equals("-c")
                        && command.get(0).endsWith("sh")
                ? List.of(command.get(2).strip().split("\\s+", -1))
                : command;
        boolean python = false;
        for (String word : words) {
            String name = word.substring(word.lastIndexOf('/') + 1);
            if (!python) {
                python = name.startsWith("python") || name.startsWith("pypy");
            } else if (!word.matches("-[A-Za-z]+") || word.equals("-m") || word.equals("-c")) {
                return found;
            } else if (word.matches("-[A-Za-z]*[IES][A-Za-z]*")) {
                found.add(word);
            }
        }
        return found;
    }

    private static boolean isScript(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            String start = new String(in.readNBytes(FIRST_LINE), StandardCharsets.ISO_8859_1);
            return start.startsWith("#!")
                    && start.lines().findFirst().orElse("").contains("python");
        } catch (IOException e) {
            return false;
        }
    }
}
