package dev.headroom.cli.address;

import dev.headroom.core.HeadroomException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** Files that nobody but their owner can read, from their first byte on. */
final class PrivateFile {
    private PrivateFile() {}

    /** Writes a new file with mode 0600 into a folder with mode 0700, which is made if need be. */
    static Path write(Path file, List<String> lines) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null && !Files.exists(folder)) {
                Files.createDirectory(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            return Files.write(file, lines);
        } catch (IOException e) {
            throw new HeadroomException(
                    "could not write " + file + ", which the app needs to find its password: " + e.getMessage(), e);
        }
    }
}
