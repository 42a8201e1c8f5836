package dev.headroom.server.recording;

import dev.headroom.core.library.NativeLibrary;
import org.sqlite.SQLiteJDBCLoader;

/** SQLite's native library. */
final class SqliteLibrary {
    private static final String FOLDER_PROPERTY = "org.sqlite.tmpdir";
    private static boolean loaded;

    private SqliteLibrary() {}

    /** Loads it once; throws when no folder will do. */
    static synchronized void load() {
        if (!loaded) {
            NativeLibrary.load("sqlite", System.getProperty(FOLDER_PROPERTY), folder -> {
                System.setProperty(FOLDER_PROPERTY, folder.toString());
                if (!SQLiteJDBCLoader.initialize()) {
                    throw new UnsatisfiedLinkError("not loaded");
                }
            });
            loaded = true;
        }
    }
}
