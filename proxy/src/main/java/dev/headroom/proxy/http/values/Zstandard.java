package dev.headroom.proxy.http.values;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import com.github.luben.zstd.util.Native;
import dev.headroom.core.HeadroomException;
import dev.headroom.core.library.NativeLibrary;
import dev.headroom.proxy.net.Background;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Reads zstd (RFC 8878) with the reference library, which is native. It is loaded beside the traffic when it is first
 * wanted; what comes before is not read, nor is anything where it can't be loaded. Thread-safe.
 */
final class Zstandard {
    /** Responses use no larger window than 8 MB (RFC 9659, section 3); one that does all the same is not read. */
    private static final int LARGEST_WINDOW_LOG = 23;

    private static final AtomicReference<State> STATE = new AtomicReference<>(State.UNWANTED);
    private static volatile @Nullable String obstacle;

    private enum State {
        UNWANTED,
        LOADING,
        LOADED,
        MISSING
    }

    private Zstandard() {}

    /** Whether it can be read already; has it loaded where nobody has wanted it before. Does not wait. */
    static boolean ready() {
        if (STATE.compareAndSet(State.UNWANTED, State.LOADING)) {
            Background.run(Zstandard::load);
        }
        return STATE.get() == State.LOADED;
    }

    /** Why it can't be read, and never will; null where that is not so. */
    static @Nullable String obstacle() {
        return STATE.get() == State.MISSING ? obstacle : null;
    }

    private static void load() {
        try {
            NativeLibrary.load("zstd", null, folder -> Native.load(folder.toFile()));
            STATE.set(State.LOADED);
        } catch (HeadroomException e) {
            obstacle = e.getMessage();
            STATE.set(State.MISSING);
        }
    }

    /** The decoded bytes of {@code encoded}; holds native memory, at most the window's and 200 KB, until it is closed. */
    static InputStream of(ByteChunks encoded) throws IOException {
        ZstdInputStreamNoFinalizer decoded = new ZstdInputStreamNoFinalizer(encoded);
        decoded.setLongMax(LARGEST_WINDOW_LOG);
        return decoded;
    }
}
