package dev.headroom.server.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Room on the recording's disk that is kept until the end, so that a recording can tell on a full disk what it lacks. A
 * file without a name, where the system has such: nothing is left of it, whatever ends the process.
 */
final class Reserve implements AutoCloseable {
    /** For the pages of what was lost and of all routes' totals, of 8 KB each and not compressible. */
    private static final int PAGES = 32;

    private static final int PAGE_BYTES = 8 << 10;

    private final @Nullable FileChannel room;

    private Reserve(@Nullable FileChannel room) {
        this.room = room;
    }

    /** Takes it beside that file; less of it, or nothing, where there is no room even now. */
    static Reserve beside(Path file) {
        FileChannel room = null;
        try {
            room = FileChannel.open(
                    file.resolveSibling(file.getFileName() + "-reserve"),
                    StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.DELETE_ON_CLOSE);
            byte[] page = new byte[PAGE_BYTES];
            Random random = new Random(1);
            for (int i = 0; i < PAGES; i++) {
                random.nextBytes(page);
                room.write(ByteBuffer.wrap(page));
            }
        } catch (IOException e) {
            // what could be had is kept
        }
        return new Reserve(room);
    }

    /** Gives the room free. */
    @Override
    public void close() {
        try {
            if (room != null) {
                room.close();
            }
        } catch (IOException e) {
            // It held nothing.
            return;
        }
    }
}
