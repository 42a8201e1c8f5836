package dev.headroom.proxy.http.values;

import dev.headroom.core.capture.CaptureMeter;
import dev.headroom.core.digest.ValueDigester;
import dev.headroom.core.digest.ValueReader;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads text responses for the values they show, beside the traffic: in short slices between the channels' turns, with a
 * small share of one processor at most, and with bounded memory. What does not fit into that stays unread, and says so.
 * Owned by the loop's thread.
 */
public final class ValueReading {
    private static final long SLICE_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

    /** A token (RFC 9110, section 5.6.2), or several, of a length that a line can hold. */
    private static final Pattern CODING = Pattern.compile("[!#$%&'*+.^_`|~0-9a-z, -]{1,40}");

    private static final int MOST_TOLD = 8;

    private final Executor loop;
    private final ValueReader reader;
    private final Runnable task = this::readSome;
    private final byte[] buffer = new byte[8 * 1024];
    private final ArrayDeque<ResponseReading> due = new ArrayDeque<>();
    private final LongSupplier clock;
    private final ReadingBudget budget;
    private final CaptureMeter meter;
    private final Consumer<String> trouble;
    private final Set<String> told = new HashSet<>();

    /** Of which it was not known yet when a response came. */
    private final Set<String> undecided = new HashSet<>();

    private boolean scheduled;

    /**
     * One that reads as tasks of {@code loop}.
     *
     * @param meter counts what is not read
     * @param trouble told once of each content coding that can't be read
     */
    public ValueReading(Executor loop, ValueDigester digester, CaptureMeter meter, Consumer<String> trouble) {
        this(loop, digester, meter, trouble, System::nanoTime);
    }

    /** One by that monotonic clock, in nanoseconds. */
    ValueReading(
            Executor loop, ValueDigester digester, CaptureMeter meter, Consumer<String> trouble, LongSupplier clock) {
        this.loop = loop;
        this.clock = clock;
        budget = new ReadingBudget(clock);
        this.meter = meter;
        this.trouble = trouble;
        reader = new ValueReader(digester);
    }

    /**
     * Begins with a response; null where it can't or shall not be read.
     *
     * @param mediaType in lower case, without parameters
     * @param charset in lower case; null where it was not told
     * @param coding Content-Encoding in lower case; null where there is none
     * @param overloaded whether nothing more shall be read for now
     */
    public @Nullable ResponseReading begin(
            String mediaType, @Nullable String charset, @Nullable String coding, boolean overloaded) {
        TextForm form = TextForm.of(mediaType);
        String known = coding == null ? "identity" : coding;
        boolean latin1 = charset != null && (charset.equals("iso-8859-1") || charset.equals("windows-1252"));
        boolean utf8 = charset == null || charset.equals("utf-8") || charset.equals("us-ascii");
        if (form == null) {
            return null;
        }
        if (!latin1 && !utf8) {
            meter.unreadableResponse();
            return null;
        }
        if (!Decoding.knows(known)) {
            if (Decoding.obstacle(known) == null) {
                meter.unreadResponse(); // what can read it is still being loaded
            } else {
                meter.unreadableResponse();
            }
            cannotRead(known);
            return null;
        }
        if (overloaded || !budget.begins()) {
            meter.unreadResponse();
            return null;
        }
        return new ResponseReading(this, budget, meter, reader, form, known, latin1);
    }

    private void cannotRead(String coding) {
        String obstacle = Decoding.obstacle(coding);
        if (obstacle == null) {
            undecided.add(coding);
        } else if (told.size() < MOST_TOLD && CODING.matcher(coding).matches() && told.add(coding)) {
            trouble.accept("responses in " + coding + " are not read for the values that they show: " + obstacle);
        }
    }

    /** Something of that response can be read. */
    void isDue(ResponseReading response) {
        if (due.peekLast() != response) {
            due.addLast(response);
        }
        if (!scheduled) {
            scheduled = true;
            loop.execute(task);
        }
    }

    /** How many bytes all readings keep. */
    int heldBytes() {
        return budget.heldBytes();
    }

    /** Finishes all responses that are over, without reading on. */
    public void close() {
        List.copyOf(undecided).forEach(this::cannotRead);
        for (ResponseReading response : due) {
            response.cut();
            if (response.hasEnded()) {
                response.finish();
            }
        }
        due.clear();
    }

    private void readSome() {
        scheduled = false;
        long start = clock.getAsLong();
        long now = start;
        ResponseReading next = due.peekFirst();
        while (next != null && now - start < SLICE_NANOS) {
            if (!next.readSlice(buffer)) {
                due.removeFirst();
                if (next.hasEnded()) {
                    next.finish();
                }
                next = due.peekFirst();
            }
            now = clock.getAsLong();
        }
        budget.spent(now - start);
        if (next != null) {
            scheduled = true;
            loop.execute(task);
        }
    }
}
