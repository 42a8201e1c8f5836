package dev.headroom.server.page;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;

/**
 * Writes a text file as a whole or not at all: first beside the place where it shall be, then moved there. What was
 * there before stays when the writing fails, and whom it was open to stays so. Pipes and devices, which nothing can be
 * moved to, and files in a folder that takes no other are written to as they are.
 */
final class WholeFile {
    /** Tells the text. */
    interface Content {
        void into(Writer out) throws IOException;
    }

    private WholeFile() {}

    static void write(Path file, Content content) throws IOException {
        boolean there = Files.exists(file);
        // so that a link goes on to lead to the file that is written
        Path place = there ? file.toRealPath() : file.toAbsolutePath();
        Path folder = place.getParent();
        if (there && !(Files.isRegularFile(place) && folder != null && Files.isWritable(folder))) {
            try (Writer out = Files.newBufferedWriter(file)) {
                content.into(out);
            }
            return;
        }
        Path part = place.resolveSibling(
                "." + place.getFileName() + "." + ProcessHandle.current().pid() + ".part");
        try {
            try (Writer out = Files.newBufferedWriter(part, StandardOpenOption.CREATE_NEW)) {
                content.into(out);
            }
            if (there && Files.getFileStore(place).supportsFileAttributeView(PosixFileAttributeView.class)) {
                Files.setPosixFilePermissions(part, Files.getPosixFilePermissions(place));
            }
            Files.move(part, place, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
