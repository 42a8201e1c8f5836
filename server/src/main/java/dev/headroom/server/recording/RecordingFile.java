package dev.headroom.server.recording;

import dev.headroom.core.HeadroomException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteLimits;

/**
 * A recording opened for reading: of a run that goes on, that ended or that was killed, in a folder that may not be
 * writable, made by anybody. It is never written to, and nothing in it is believed before it was checked.
 */
final class RecordingFile implements AutoCloseable {
    // https://www.sqlite.org/fileformat.html section 1.3
    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
    private static final int HEADER_BYTES = 100;
    private static final int READ_VERSION_AT = 19;
    private static final int WITH_LOG = 2;
    private static final int USER_VERSION_AT = 60;
    private static final int APPLICATION_ID_AT = 68;
    private static final int LONGEST_VALUE = 16 << 20;

    private final Database database;
    private final @Nullable Path copy;

    private RecordingFile(Database database, @Nullable Path copy) {
        this.database = database;
        this.copy = copy;
    }

    static RecordingFile open(Path file) {
        boolean logged = checkHeader(file);
        Path log = file.resolveSibling(file.getFileName() + "-wal");
        boolean hasLog = logged && Files.exists(log);
        Path copy = null;
        try {
            if (!hasLog) {
                // Nobody writes it, so no lock and no file beside it is needed.
                return checked(file, file, "mode=ro&immutable=1", null);
            }
            if (Files.isWritable(file.toAbsolutePath().getParent()) || Files.exists(sharedMemory(file))) {
                return checked(file, file, "mode=ro", null);
            }
            // What was written last is only in the log, and reading that needs a writable folder.
            copy = Files.createTempDirectory("headroom-read-");
            Path copied = Files.copy(file, copy.resolve("recording"));
            Files.copy(log, copy.resolve("recording-wal"));
            return checked(file, copied, "mode=ro", copy);
        } catch (SQLException e) {
            remove(copy);
            throw unreadable(file, e);
        } catch (IOException e) {
            remove(copy);
            throw new HeadroomException("The recording " + file + " could not be read: " + e.getMessage(), e);
        } catch (HeadroomException e) {
            remove(copy);
            throw e;
        }
    }

    private static Path sharedMemory(Path file) {
        return file.resolveSibling(file.getFileName() + "-shm");
    }

    /** Whether the recording may have a log beside it. */
    private static boolean checkHeader(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new HeadroomException("There is no recording " + file + ".");
        }
        byte[] header;
        try (InputStream in = Files.newInputStream(file)) {
            header = in.readNBytes(HEADER_BYTES);
        } catch (IOException e) {
            throw new HeadroomException("The recording " + file + " could not be read: " + e.getMessage(), e);
        }
        ByteBuffer bytes = ByteBuffer.wrap(header);
        if (header.length < HEADER_BYTES
                || !bytes.slice(0, MAGIC.length).equals(ByteBuffer.wrap(MAGIC))
                || bytes.getInt(APPLICATION_ID_AT) != Schema.APPLICATION_ID) {
            throw new HeadroomException(file + " is not a Headroom recording.");
        }
        int version = bytes.getInt(USER_VERSION_AT);
        if (version != Schema.VERSION) {
            throw new HeadroomException("The recording " + file + " has format " + version
                    + ", this Headroom reads format " + Schema.VERSION
                    + (version > Schema.VERSION ? ". A newer Headroom wrote it: read it with that." : "."));
        }
        return header[READ_VERSION_AT] == WITH_LOG;
    }

    private static RecordingFile checked(Path named, Path file, String mode, @Nullable Path copy) throws SQLException {
        Database database = Database.open(file, mode);
        try {
            database.execute("PRAGMA query_only = ON");
            database.execute("PRAGMA trusted_schema = OFF");
            database.execute("PRAGMA cell_size_check = ON");
            database.execute("PRAGMA mmap_size = 0");
            database.execute("PRAGMA temp_store = MEMORY");
            if (database.connection() instanceof SQLiteConnection connection) {
                connection.setLimit(SQLiteLimits.SQLITE_LIMIT_LENGTH, LONGEST_VALUE);
            }
            checkSchema(named, database);
            return new RecordingFile(database, copy);
        } catch (SQLException | RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /** Views and triggers could run anything when they are read, so the tables must be exactly ours. */
    private static void checkSchema(Path file, Database database) throws SQLException {
        Set<String> found = new HashSet<>();
        try (Statement statement = database.connection().createStatement();
                ResultSet rows = statement.executeQuery("SELECT sql FROM sqlite_master LIMIT 100")) {
            while (rows.next()) {
                String sql = rows.getString(1);
                if (sql != null) {
                    found.add(sql);
                }
            }
        }
        Schema.LATER_TABLES.forEach(found::remove);
        found.remove(Schema.VALUE_SAMPLE);
        if (!found.equals(Set.copyOf(Schema.TABLES))) {
            throw new HeadroomException("The recording " + file + " is damaged: its tables are not those of format "
                    + Schema.VERSION + ".");
        }
    }

    static HeadroomException unreadable(Path file, SQLException cause) {
        return new HeadroomException(
                "The recording " + file + " is damaged or cannot be read: " + cause.getMessage(), cause);
    }

    Database database() {
        return database;
    }

    @Override
    public void close() {
        try {
            database.close();
        } catch (SQLException e) {
            // It was only read: nothing is lost.
            return;
        } finally {
            remove(copy);
        }
    }

    private static void remove(@Nullable Path folder) {
        if (folder == null) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path each : files.toList()) {
                Files.deleteIfExists(each);
            }
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            folder.toFile().deleteOnExit();
        }
    }
}
