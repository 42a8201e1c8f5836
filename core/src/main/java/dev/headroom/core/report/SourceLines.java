package dev.headroom.core.report;

import dev.headroom.core.trace.CallSite;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The line of code of a call site with its neighbours, read when the report is made and never recorded. Only files of
 * the project are read: those below its folder.
 */
final class SourceLines {
    private static final int NEIGHBOURS = 1;
    private static final long LARGEST = 1 << 20;

    private SourceLines() {}

    /** The lines with their numbers, the one itself marked; none where the file is not there or has changed too much. */
    static List<String> around(Path project, CallSite site) {
        List<String> source = read(project, site.file());
        if (site.line() < 1 || site.line() > source.size()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        int last = Math.min(source.size(), site.line() + NEIGHBOURS);
        int width = Integer.toString(last).length();
        for (int line = Math.max(1, site.line() - NEIGHBOURS); line <= last; line++) {
            lines.add((line == site.line() ? "> " : "  ")
                    + TextLines.right(Integer.toString(line), width)
                    + "  "
                    + source.get(line - 1).replace("\t", "    ").stripTrailing());
        }
        return lines;
    }

    private static List<String> read(Path project, String name) {
        try {
            Path root = project.toAbsolutePath().normalize();
            Path file = root.resolve(name).normalize();
            boolean own = file.startsWith(root) && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
            if (!own || Files.size(file) > LARGEST) {
                return List.of();
            }
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException | RuntimeException e) {
            // a name that is no path here, or a file that can't be read: the report does without
            return List.of();
        }
    }
}
