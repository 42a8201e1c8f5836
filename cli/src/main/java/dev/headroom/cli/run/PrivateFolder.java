package dev.headroom.cli.run;

import dev.headroom.core.FileFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * A folder for one run that nobody else can read: sockets and translated password files. Gone when closed. A file in
 * it is locked while we live, in every process namespace: one that is not locked any more was left by a run that was
 * killed together with its watchdog, and the next run removes it.
 */
final class PrivateFolder implements AutoCloseable {
    /** What their names begin with. */
    static final String PREFIX = "headroom-run-";

    private static final String OWNER = "owner";

    /** Far longer than it takes to make one. */
    private static final Duration MAKING = Duration.ofMinutes(10);

    private final Path path;
    private final FileChannel owner;

    private PrivateFolder(Path path, FileChannel owner) {
        this.path = path;
        this.owner = owner;
    }

    /** Creates it among the system's temporary files. */
    static PrivateFolder create() {
        return create(Path.of(System.getProperty("java.io.tmpdir")));
    }

    /** Creates it in {@code parent}, with mode 0700 as createTempDirectory does, and removes what was left there. */
    static PrivateFolder create(Path parent) {
        try {
            sweep(parent);
            Path path = Files.createTempDirectory(parent, PREFIX);
            // locked before it has its name, so that nobody sees it unlocked while we live
            Path locked = path.resolve("new");
            FileChannel owner = FileChannel.open(locked, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            owner.lock();
            Files.move(locked, path.resolve(OWNER), StandardCopyOption.ATOMIC_MOVE);
            return new PrivateFolder(path, owner);
        } catch (IOException e) {
            throw new CannotRunException(
                    ExitStatus.CANNOT_CREATE,
                    "no temporary folder could be created (" + FileFailure.reason(e) + "); set java.io.tmpdir in"
                            + " HEADROOM_JAVA_OPTS to a folder that can be written to",
                    e);
        }
    }

    Path path() {
        return path;
    }

    /** Makes a folder in it, with mode 0700, too. */
    Path folder(String name) throws IOException {
        return Files.createDirectory(
                path.resolve(name), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    @Override
    public void close() {
        remove(path);
        try {
            owner.close();
        } catch (IOException e) {
            // the lock goes with the process at the latest
            return;
        }
    }

    private static void sweep(Path parent) {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
            String user = System.getProperty("user.name");
            for (Path folder : folders) {
                if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                        && Files.getOwner(folder).getName().equals(user)
                        && left(folder)) {
                    remove(folder);
                }
            }
        } catch (IOException | UncheckedIOException e) {
            // another run may be sweeping at the same moment
            return;
        }
    }

    /** Whether its owner is gone, or was ended while it made the folder. */
    private static boolean left(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder.resolve(OWNER), StandardOpenOption.WRITE)) {
            return channel.tryLock() != null;
        } catch (NoSuchFileException e) {
            Instant made = Files.getLastModifiedTime(folder).toInstant();
            return made.isBefore(Instant.now().minus(MAKING)) && empty(folder);
        } catch (OverlappingFileLockException e) {
            // held by a run in this very process
            return false;
        }
    }

    private static boolean empty(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }

    private static void remove(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            // the watchdog, another run, or the system's own clearing of temporary files does it
            return;
        }
    }
}
