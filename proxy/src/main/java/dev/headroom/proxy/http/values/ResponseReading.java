package dev.headroom.proxy.http.values;

import dev.headroom.core.capture.CaptureMeter;
import dev.headroom.core.digest.ValueReader;
import dev.headroom.core.trace.ResponseValues;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One response that is read for its values. Its bytes are copied as they pass; the reading is done later, a slice at a
 * time, by {@link ValueReading}. Owned by the loop's thread.
 */
public final class ResponseReading {
    /** The most of one response that waits to be read, in bytes. */
    private static final int WAITING_LIMIT = 1024 * 1024;

    private static final int DECODED_LIMIT = 16 * 1024 * 1024;

    private final ValueReading owner;
    private final ReadingBudget budget;
    private final CaptureMeter meter;
    private final String coding;
    private final boolean latin1;
    private final boolean separate;
    private final ShownValues values;
    private final ValueScanner scanner;
    private final ByteChunks chunks = new ByteChunks();
    private @Nullable InputStream decoded;
    private @Nullable Consumer<ResponseValues> whenRead;
    private long length;
    private boolean cut;
    private boolean tooLarge;
    private boolean broken;
    private boolean stopped;
    private boolean whole;

    ResponseReading(
            ValueReading owner,
            ReadingBudget budget,
            CaptureMeter meter,
            ValueReader reader,
            TextForm form,
            String coding,
            boolean latin1) {
        this.owner = owner;
        this.budget = budget;
        this.meter = meter;
        this.coding = coding;
        this.latin1 = latin1;
        separate = form == TextForm.JSON;
        values = new ShownValues(reader, new DigestSet(budget));
        Run run = new Run(values);
        scanner = switch (form) {
            case JSON -> new JsonScanner(values, run);
            case MARKUP -> new MarkupScanner(values, run);
            case PLAIN -> new PlainScanner(values, run);
        };
    }

    /** Content of the response, as encoded. The bytes are copied. */
    public void content(ByteBuffer in, int from, int end) {
        if (stopped || cut) {
            return;
        }
        if (chunks.available() + end - from <= WAITING_LIMIT && budget.takesText(end - from)) {
            chunks.add(in, from, end);
            if (coding.equals("identity")) {
                owner.isDue(this);
            }
        } else {
            cut = true;
            tooLarge = true;
        }
    }

    /**
     * The response is over.
     *
     * @param complete whether all of it came
     * @param then gets its values, later, on the loop's thread
     */
    public void end(boolean complete, Consumer<ResponseValues> then) {
        cut |= !complete;
        whole = complete;
        whenRead = then;
        owner.isDue(this);
    }

    /** Whether the response is over. */
    boolean hasEnded() {
        return whenRead != null;
    }

    /** Reads up to a buffer's length; false where nothing is left to be read for now. */
    boolean readSlice(byte[] buffer) {
        if (stopped || (chunks.available() == 0 && decoded == null)) {
            return false;
        }
        int before = chunks.available();
        try {
            InputStream stream = decoded;
            if (stream == null) {
                stream = Decoding.of(coding, chunks);
                decoded = stream;
            }
            int count = stream.read(buffer, 0, buffer.length / 2);
            if (count <= 0) {
                return false;
            }
            length += count;
            if (length > DECODED_LIMIT) {
                cut = true;
                tooLarge = true;
                stopped = true;
                return false;
            }
            byte[] text = latin1
                    ? new String(buffer, 0, count, StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.UTF_8)
                    : buffer;
            scanner.read(text, 0, latin1 ? text.length : count);
            return true;
        } catch (IOException | RuntimeException e) {
            cut = true; // broken, or not really of that coding: what was read so far still counts
            stopped = true;
            broken = true;
            return false;
        } finally {
            budget.givesText(before - chunks.available());
        }
    }

    /** Nothing more of it will be read. */
    void cut() {
        cut = true;
        stopped = true;
    }

    /** States its values to whoever waits for them, and lets go of everything. */
    void finish() {
        Consumer<ResponseValues> waiting = whenRead;
        whenRead = null;
        budget.givesText(chunks.available());
        budget.gives(ReadingBudget.READING_BYTES);
        stopped = true;
        scanner.end();
        try {
            if (decoded != null) {
                decoded.close();
            }
        } catch (IOException e) {
            // nothing but memory was held
        }
        DigestSet digests = values.digests();
        digests.release();
        if (tooLarge || digests.isFull()) {
            meter.unreadResponse();
        } else if (broken && whole) {
            meter.unreadableResponse();
        }
        if (waiting != null) {
            waiting.accept(new ResponseValues(digests.sorted(), !cut && !digests.isFull(), separate));
        }
    }
}
