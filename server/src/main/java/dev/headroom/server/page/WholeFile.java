package dev.headroom.server.page;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Writes a text file as a whole or not at all: first beside the place where it shall be, then moved there. What was
 * there before stays when the writing fails. Pipes and devices, which nothing can be moved to, are written to as they
 * are.
 */
final class WholeFile {
    /** Tells the text. */
    interface Content {
        void into(Writer out) throws IOException;
    }

    private WholeFile() {}

    static void write(Path file, Content content) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            try (Writer out = Files.newBufferedWriter(file)) {
                content.into(out);
            }
            return;
        }
        // so that a link goes on to lead to the file that is written
        Path place = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
        Path part = place.resolveSibling(
                "." + place.getFileName() + "." + ProcessHandle.current().pid() + ".part");
        try {
            try (Writer out = Files.newBufferedWriter(part, StandardOpenOption.CREATE_NEW)) {
                content.into(out);
            }
            Files.move(part, place, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
