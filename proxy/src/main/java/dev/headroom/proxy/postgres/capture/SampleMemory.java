package dev.headroom.proxy.postgres.capture;

import dev.headroom.core.trace.ValueSample;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * What one run keeps of statements with their values, and its bounds: no statement of more than {@value #LARGEST} bytes,
 * {@value #MOST_KEPT} bytes of samples, {@value #MOST_HELD} of executions under way, {@value #MOST_TEXTS} characters of
 * prepared texts. What is beyond them is counted, not kept. Thread-safe.
 */
public final class SampleMemory {
    static final int LARGEST = 32 * 1024;
    static final long MOST_KEPT = 4L << 20;
    private static final long MOST_HELD = 2L << 20;
    private static final long MOST_TEXTS = 1L << 20;

    private final List<DatabaseSamples> databases = new CopyOnWriteArrayList<>();
    private final Map<String, String> texts = new LinkedHashMap<>(64, 0.75f, true);
    private final AtomicLong unkept = new AtomicLong();
    private long textLength;
    private long held;
    private long kept;

    /** The samples of one more database. */
    public DatabaseSamples database(String name) {
        DatabaseSamples samples = new DatabaseSamples(this, name);
        databases.add(samples);
        return samples;
    }

    /** Hands over the samples that changed since the last call. */
    public void takeChanged(Consumer<ValueSample> taker) {
        databases.forEach(each -> each.takeChanged(taker));
    }

    /** How many executions were not kept because they are too large or too many. */
    public long unkept() {
        return unkept.get();
    }

    void countUnkept() {
        unkept.incrementAndGet();
    }

    /** The one string for all connections that prepared {@code text}; the least recently prepared are forgotten. */
    synchronized String shared(String text) {
        String known = texts.get(text);
        if (known != null) {
            return known;
        }
        texts.put(text, text);
        textLength += text.length();
        for (var eldest = texts.entrySet().iterator(); textLength > MOST_TEXTS && eldest.hasNext(); ) {
            textLength -= eldest.next().getKey().length();
            eldest.remove();
        }
        return text;
    }

    /** Takes {@code bytes} for an execution under way; false where there is no room. */
    synchronized boolean hold(long bytes) {
        if (held + bytes > MOST_HELD) {
            return false;
        }
        held += bytes;
        return true;
    }

    synchronized void release(long bytes) {
        held -= bytes;
    }

    /** Takes {@code more} bytes (fewer where negative) for samples; false where there is no room. */
    synchronized boolean keep(long more) {
        if (more > 0 && kept + more > MOST_KEPT) {
            return false;
        }
        kept += more;
        return true;
    }
}
