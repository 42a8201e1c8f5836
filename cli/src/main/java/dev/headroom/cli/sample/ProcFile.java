package dev.headroom.cli.sample;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the kernel's small text files; what can't be read is missing, never an error. */
final class ProcFile {
    private ProcFile() {}

    static @Nullable String text(Path file) {
        try {
            // what others call their files is in no certain encoding, and must not hide the rest
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).strip();
        } catch (IOException | SecurityException e) {
            return null;
        }
    }

    static List<String> lines(Path file) {
        String text = text(file);
        return text == null ? List.of() : text.lines().toList();
    }

    /** The number that the file consists of, or -1; {@code max} and the like are no number. */
    static long number(Path file) {
        String text = text(file);
        return text == null ? -1 : number(text);
    }

    /** The number in the line of that name, as in {@code oom_kill 3}, or -1. */
    static long named(Path file, String name) {
        for (String line : lines(file)) {
            if (line.startsWith(name + " ")) {
                return number(line.substring(name.length() + 1).strip());
            }
        }
        return -1;
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
