package dev.headroom.proxy.postgres.capture;

import dev.headroom.core.sql.Statement;
import dev.headroom.core.trace.BoundValue;
import dev.headroom.core.trace.StatementKind;
import dev.headroom.proxy.postgres.message.Body;
import dev.headroom.proxy.postgres.message.NotPostgresException;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what one connection sends of statements that read, with their values: where {@code --record-values} asks for it
 * only. Of writes nothing is kept, since they are never run again, and nothing of all other statements, among which are
 * those with passwords (CREATE and ALTER ROLE). On the loop's thread only.
 */
final class ValueSampling {
    /** SQLSTATE query_canceled: by a time-out, for example, which makes it worth a look. */
    private static final String CANCELLED = "57014";

    private static final long BYTES_A_STATEMENT = 200;

    private final DatabaseSamples samples;
    private final Recorder recorder;
    private long held;

    ValueSampling(DatabaseSamples samples, Recorder recorder) {
        this.samples = samples;
        this.recorder = recorder;
    }

    /** A simple query of one statement. */
    @Nullable
    SentStatement query(Statement statement, byte[] bytes, int offset, int length, boolean cut) {
        if (!reads(statement)) {
            return null;
        }
        String text = cut ? null : decoded(bytes, offset, length);
        return text == null ? unkept() : held(text, List.of(), length);
    }

    /** The text of a statement that is prepared; kept as long as there is room for it. */
    @Nullable
    WeakReference<String> text(Statement statement, byte[] bytes, int offset, int length, boolean cut) {
        String text = cut || statement.shape().kind() != StatementKind.SELECT ? null : decoded(bytes, offset, length);
        return text == null ? null : new WeakReference<>(samples.memory().shared(text));
    }

    /** A prepared statement whose values were bound by the {@code length} bytes behind its name. */
    @Nullable
    SentStatement bound(PreparedText prepared, byte[] bytes, int offset, int length, boolean cut) {
        if (!reads(prepared.statement)) {
            return null;
        }
        WeakReference<String> kept = prepared.text;
        String text = kept == null ? null : kept.get();
        if (text == null || cut || length > SampleMemory.LARGEST - text.length()) {
            return unkept();
        }
        List<BoundValue> parameters = parameters(prepared, new Body().over(bytes, offset, length));
        return held(text, parameters, length + 64L * parameters.size());
    }

    private static List<BoundValue> parameters(PreparedText prepared, Body body) {
        ResultFormats formats = ResultFormats.read(body);
        int count = body.int2();
        List<BoundValue> parameters = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int length = body.int4();
            ByteBuffer value = null;
            if (length >= 0) {
                int start = body.position();
                body.skip(length);
                value = ByteBuffer.wrap(Arrays.copyOfRange(body.bytes(), start, start + length));
            } else if (length != -1) {
                throw new NotPostgresException("a parameter of length " + length);
            }
            parameters.add(
                    new BoundValue(prepared.parameterType(i), formats.of(i) == ResultFormats.Format.BINARY, value));
        }
        return parameters;
    }

    /** An execution is over: what was held for it is kept or forgotten. */
    void finished(Execution execution, long endNanos, @Nullable String sqlState) {
        SentStatement sent = execution.sent;
        if (sent == null) {
            return;
        }
        execution.sent = null;
        release(sent.bytes());
        if (sqlState == null || sqlState.equals(CANCELLED)) {
            long start = execution.begunNanos();
            samples.executed(execution.statement.shape(), sent, start, Math.max(0, endNanos - start));
        }
    }

    /** Nothing is under way: what was held for executions that never came is forgotten. */
    void idle() {
        release(held);
    }

    private boolean reads(Statement statement) {
        return statement.shape().kind() == StatementKind.SELECT
                && !statement.shape().truncated()
                && !recorder.overloaded();
    }

    private @Nullable SentStatement held(String text, List<BoundValue> parameters, long length) {
        long bytes = BYTES_A_STATEMENT + length;
        if (!samples.memory().hold(bytes)) {
            return unkept();
        }
        held += bytes;
        return new SentStatement(text, parameters, bytes);
    }

    private void release(long bytes) {
        long released = Math.min(bytes, held);
        held -= released;
        samples.memory().release(released);
    }

    private @Nullable SentStatement unkept() {
        samples.memory().countUnkept();
        return null;
    }

    /** The text, where it is UTF-8 and not too long; else null: in other encodings it would not mean the same to us. */
    private static @Nullable String decoded(byte[] bytes, int offset, int length) {
        if (length > SampleMemory.LARGEST) {
            return null;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, offset, length))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
