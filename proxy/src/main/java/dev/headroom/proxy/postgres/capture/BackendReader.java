package dev.headroom.proxy.postgres.capture;

import dev.headroom.proxy.postgres.capture.Expected.Kind;
import dev.headroom.proxy.postgres.message.Body;
import dev.headroom.proxy.postgres.message.CommandTag;
import dev.headroom.proxy.postgres.message.FrameReader;
import dev.headroom.proxy.postgres.message.FrameReader.Want;
import dev.headroom.proxy.postgres.message.NotPostgresException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Understands what the server answers (protocol 3, "Message Formats", those marked B). */
final class BackendReader implements FrameReader.Messages {
    private static final int HEAD = 5;
    private static final String SYNTAX_ERROR = "42601";

    private final Conversation conversation;
    private final Recorder recorder;
    private final RowReader rows;
    private final Body body = new Body();
    private long nanos;

    BackendReader(Conversation conversation) {
        this.conversation = conversation;
        this.recorder = conversation.recorder;
        this.rows = new RowReader(recorder);
    }

    /** When the bytes that follow arrived. */
    void at(long now) {
        nanos = now;
    }

    @Override
    public Want begin(byte type, int bodyLength) {
        switch (type) {
            case 'D' -> {
                return row(bodyLength);
            }
            case 'T', 'C' -> {
                Execution execution = answering();
                if (execution != null) {
                    execution.bytes += HEAD + bodyLength;
                }
                return Want.WHOLE;
            }
            case 't', 'E', 'Z', 'K' -> {
                return Want.WHOLE;
            }
            case '1' -> parsed();
            case '2' -> bound();
            case '3' -> closed();
            case 'n' -> described(ResultShape.NONE, 0);
            case 's' -> suspended(bodyLength);
            case 'I' -> empty();
            case 'd', 'G', 'H', 'c' -> copy(type, bodyLength);
            case 'V' -> function(bodyLength);
            case 'W' -> throw new NotPostgresException("replication");
            default -> {}
        }
        return Want.NOTHING;
    }

    @Override
    public void whole(byte type, byte[] bytes, int offset, int length, boolean cut) {
        switch (type) {
            case 'T' -> described(recorder.shapes().read(bytes, offset, length), HEAD + length);
            case 't' -> parameters(bytes, offset, length);
            case 'C' -> complete(bytes, offset, length);
            case 'E' -> error(HEAD + length, sqlState(body.over(bytes, offset, length)));
            case 'Z' -> conversation.ready(body.over(bytes, offset, length).int1(), nanos);
            default ->
                conversation.backend(
                        body.over(bytes, offset, length).int4(), Arrays.copyOfRange(bytes, offset, offset + length));
        }
    }

    @Override
    public void piece(byte[] bytes, int offset, int length) {
        rows.piece(bytes, offset, length);
    }

    @Override
    public void endOfPieces() {
        rows.end();
    }

    private Want row(int bodyLength) {
        Execution execution = answering();
        if (execution == null) {
            return Want.NOTHING;
        }
        if (execution.firstRowNanos == 0) {
            execution.firstRowNanos = nanos;
        }
        execution.rows++;
        execution.bytes += HEAD + bodyLength;
        if (!execution.detailed) {
            return Want.NOTHING;
        }
        rows.begin(execution);
        return Want.PIECES;
    }

    /** The execution that the next answer belongs to; null for none. */
    private @Nullable Execution answering() {
        Kind kind = next();
        Object subject = conversation.expected.subject();
        Execution execution = null;
        if (kind == Kind.EXECUTE || kind == Kind.FUNCTION) {
            execution = (Execution) subject;
        } else if (kind == Kind.QUERY && subject instanceof SimpleQuery query) {
            execution = query.current();
        }
        if (execution != null) {
            conversation.answered(execution, nanos);
        }
        return execution;
    }

    private @Nullable Kind next() {
        Expected expected = conversation.expected;
        while (expected.kind() == Kind.COPY_END) {
            expected.poll();
        }
        return expected.kind();
    }

    private void pollIf(Kind kind) {
        if (next() == kind) {
            conversation.expected.poll();
        }
    }

    private void parsed() {
        if (next() == Kind.PARSE && conversation.expected.subject() instanceof PreparedText prepared) {
            prepared.replaced = null;
        }
        pollIf(Kind.PARSE);
    }

    private void bound() {
        if (next() == Kind.BIND) {
            conversation.bound(conversation.expected.subject());
            conversation.expected.poll();
        }
    }

    private void closed() {
        if (next() == Kind.CLOSE_PORTAL) {
            conversation.destroyed((Portal) conversation.expected.subject());
        }
        if (next() == Kind.CLOSE_PORTAL || next() == Kind.CLOSE_STATEMENT) {
            conversation.expected.poll();
        }
    }

    private static String sqlState(Body fields) {
        for (int field = fields.int1(); field != 0; field = fields.int1()) {
            if (field == 'C') {
                return fields.string();
            }
            fields.skipString();
        }
        return "";
    }

    private void described(ResultShape shape, int bytes) {
        Kind kind = next();
        Object subject = conversation.expected.subject();
        if (kind == Kind.QUERY && subject instanceof SimpleQuery query) {
            query.current().described = shape;
        } else if (kind == Kind.DESCRIBE_PORTAL || kind == Kind.DESCRIBE_STATEMENT) {
            if (subject instanceof Portal portal) {
                portal.described(shape, bytes);
            } else if (subject instanceof PreparedText prepared) {
                prepared.columns = shape;
            }
            conversation.expected.poll();
        }
    }

    private void parameters(byte[] bytes, int offset, int length) {
        if (next() == Kind.DESCRIBE_STATEMENT && conversation.expected.subject() instanceof PreparedText prepared) {
            body.over(bytes, offset, length);
            int[] types = new int[body.int2()];
            for (int i = 0; i < types.length; i++) {
                types[i] = body.int4();
            }
            prepared.parameterTypes = types;
        }
    }

    private void complete(byte[] tag, int offset, int length) {
        Execution execution = answering();
        if (execution == null) {
            return;
        }
        if (execution.rows == 0) {
            execution.rows = CommandTag.rows(tag, offset, length);
        }
        conversation.transaction.completed(tag, offset, length, execution.statement.shape());
        end(execution, null);
        conversation.transaction.recorded();
    }

    private void end(Execution execution, @Nullable String sqlState) {
        conversation.finish(execution, nanos, sqlState);
        if (conversation.expected.subject() instanceof SimpleQuery query) {
            query.current = null;
        } else if (next() == Kind.EXECUTE) {
            conversation.expected.poll();
        }
    }

    private void suspended(int bodyLength) {
        Execution execution = answering();
        if (execution != null) {
            execution.bytes += HEAD + bodyLength;
            execution.suspended = true;
        }
        pollIf(Kind.EXECUTE);
    }

    /** The answer to a text without a statement: PostgreSQL logs it where it was a simple query. */
    private void empty() {
        Execution execution = answering();
        if (execution != null && execution.portal != null) {
            execution.portal.execution = null;
            pollIf(Kind.EXECUTE);
        } else if (execution != null) {
            end(execution, null);
        }
    }

    private void copy(byte type, int bodyLength) {
        Execution execution = answering();
        if (execution != null) {
            execution.bytes += HEAD + bodyLength;
            if (type == 'd' && execution.firstRowNanos == 0) {
                execution.firstRowNanos = nanos;
            }
        }
        if (type == 'G') {
            conversation.copyInBegins();
        }
    }

    private void function(int bodyLength) {
        Execution execution = answering();
        if (execution != null) {
            execution.bytes += HEAD + bodyLength;
            execution.rows = 1;
            conversation.finish(execution, nanos, null);
        }
    }

    private void error(int bytes, String sqlState) {
        if (conversation.begun()) {
            failed(bytes, sqlState);
        } else {
            conversation.startUpRefused(sqlState);
        }
    }

    private void failed(int bytes, String sqlState) {
        Kind kind = next();
        Object subject = conversation.expected.subject();
        if (kind == Kind.QUERY && subject instanceof SimpleQuery query) {
            // a text that can't be parsed is refused as a whole: which of several statements is wrong isn't known
            if (!query.untouched() || query.single() || !sqlState.equals(SYNTAX_ERROR)) {
                fail(query.current(), bytes, sqlState);
                query.current = null;
            }
        } else if (kind == Kind.FUNCTION && subject instanceof Execution execution) {
            fail(execution, bytes, sqlState);
        } else if (kind == Kind.EXECUTE && subject instanceof Execution execution) {
            fail(execution, bytes, sqlState);
            conversation.skipToSync();
        } else if (kind != null && kind != Kind.SYNC) {
            Execution refused = conversation.refused();
            if (refused != null) {
                fail(refused, bytes, sqlState);
            }
            conversation.skipToSync();
        }
        conversation.copyingIn = false;
    }

    private void fail(Execution execution, int bytes, String sqlState) {
        conversation.answered(execution, nanos);
        execution.bytes += bytes;
        conversation.finish(execution, nanos, sqlState);
    }
}
