package dev.headroom.server.page;

import dev.headroom.core.HeadroomException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lines around a call site, from the project's own files, read when they are looked at and never recorded. A recording is
 * untrusted: only source files that lie below the project's folder, links followed, are read.
 */
final class SourceFiles {
    private static final int AROUND = 4;
    private static final int LONGEST_LINE = 300;
    private static final int LAST_LINE = 200_000;
    private static final long LARGEST = 4L << 20;
    private static final Set<String> EXTENSIONS = Set.of(
            "py", "java", "kt", "kts", "scala", "groovy", "clj", "rb", "js", "mjs", "cjs", "ts", "tsx", "jsx", "php",
            "go", "rs", "cs", "ex", "exs");

    private final @Nullable Path folder;

    /**
     * Of one project.
     *
     * @param folder null where no source may be shown
     */
    SourceFiles(@Nullable Path folder) {
        this.folder = folder;
    }

    /** The lines around {@code line} of {@code file}, which a call site of the recording must have named. */
    Map<String, Object> around(String file, int line, @Nullable Long startedAtMillis) {
        Map<String, Object> map = new LinkedHashMap<>();
        Path path = path(file);
        if (path == null || line <= 0 || line > LAST_LINE) {
            return map;
        }
        try {
            if (Files.size(path) > LARGEST) {
                return map;
            }
            List<String> lines = lines(path, line);
            if (lines.isEmpty()) {
                return map;
            }
            map.put("first", Math.max(1, line - AROUND));
            map.put("lines", lines);
            map.put(
                    "changed",
                    startedAtMillis != null && Files.getLastModifiedTime(path).toMillis() > startedAtMillis);
            return map;
        } catch (CharacterCodingException e) {
            return map;
        } catch (IOException e) {
            throw new HeadroomException("The lines could not be read.", e);
        }
    }

    private @Nullable Path path(String file) {
        Path root = folder;
        int dot = file.lastIndexOf('.');
        if (root == null
                || dot < 0
                || !EXTENSIONS.contains(file.substring(dot + 1).toLowerCase(Locale.ROOT))) {
            return null;
        }
        try {
            Path real = root.toRealPath();
            Path wanted = real.resolve(file).toRealPath();
            boolean hidden = false;
            for (Path part : real.relativize(wanted)) {
                hidden |= part.toString().startsWith(".");
            }
            // The name that counts is the one behind all links.
            String name = wanted.getFileName().toString();
            boolean source = EXTENSIONS.contains(
                    name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
            return wanted.startsWith(real) && source && !hidden && Files.isRegularFile(wanted) ? wanted : null;
        } catch (IOException | InvalidPathException e) {
            // not on this machine, or not any more
            return null;
        }
    }

    private static List<String> lines(Path path, int line) throws IOException {
        List<String> lines = new ArrayList<>();
        boolean reached = false;
        try (BufferedReader reader = Files.newBufferedReader(path)) {
            String text = reader.readLine();
            for (int number = 1; text != null && number <= line + AROUND; number++) {
                if (number >= line - AROUND) {
                    lines.add(text.length() > LONGEST_LINE ? text.substring(0, LONGEST_LINE) + " …" : text);
                }
                reached |= number == line;
                text = reader.readLine();
            }
        }
        return reached ? lines : List.of();
    }
}
