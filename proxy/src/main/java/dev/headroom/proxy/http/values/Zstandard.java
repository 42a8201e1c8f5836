package dev.headroom.proxy.http.values;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import com.github.luben.zstd.util.Native;
import dev.headroom.proxy.net.Background;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Reads zstd (RFC 8878) with the reference library, which is native. It is loaded beside the traffic when it is first
 * wanted; what comes before is not read, nor is anything where it can't be loaded. Thread-safe.
 */
final class Zstandard {
    /** Responses use no larger window than 8 MB (RFC 9659, section 3); one that does all the same is not read. */
    private static final int LARGEST_WINDOW_LOG = 23;

    private static final AtomicReference<State> STATE = new AtomicReference<>(State.UNWANTED);

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

    private static void load() {
        try {
            Native.load();
            STATE.set(State.LOADED);
        } catch (LinkageError | RuntimeException e) {
            STATE.set(State.MISSING); // another system, or a temporary folder that nothing can be loaded from
        }
    }

    /** The decoded bytes of {@code encoded}; holds native memory, at most the window's and 200 KB, until it is closed. */
    static InputStream of(ByteChunks encoded) throws IOException {
        ZstdInputStreamNoFinalizer decoded = new ZstdInputStreamNoFinalizer(encoded);
        decoded.setLongMax(LARGEST_WINDOW_LOG);
        return decoded;
    }
}
