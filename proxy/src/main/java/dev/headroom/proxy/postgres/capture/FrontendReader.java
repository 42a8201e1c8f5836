package dev.headroom.proxy.postgres.capture;

import dev.headroom.core.sql.Statement;
import dev.headroom.proxy.postgres.message.Body;
import dev.headroom.proxy.postgres.message.FrameReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Understands what the app sends (protocol 3, "Message Formats", those marked F). */
final class FrontendReader implements FrameReader.Messages {
    private static final byte[] FASTPATH = "CALL fastpath".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] UNSEEN = "EXECUTE unseen".getBytes(StandardCharsets.US_ASCII);
    private static final int[] NO_TYPES = {};

    private final Conversation conversation;
    private final Recorder recorder;
    private final Body body = new Body();
    private long nanos;

    FrontendReader(Conversation conversation) {
        this.conversation = conversation;
        this.recorder = conversation.recorder;
    }

    /** When the bytes that follow were passed on. */
    void at(long now) {
        nanos = now;
    }

    @Override
    public FrameReader.Want begin(byte type, int bodyLength) {
        switch (type) {
            case 'S' -> sync();
            case 'c', 'f' -> {
                conversation.expected.add(Expected.Kind.COPY_END, null);
                conversation.copyingIn = false;
            }
            case 'F' -> {
                if (!conversation.skipping) {
                    conversation.batch++;
                    conversation.expected.add(Expected.Kind.FUNCTION, unnamed(FASTPATH));
                }
            }
            case 'Q', 'P', 'B', 'D', 'E', 'C' -> {
                return conversation.skipping ? FrameReader.Want.NOTHING : FrameReader.Want.WHOLE;
            }
            default -> {}
        }
        return FrameReader.Want.NOTHING;
    }

    @Override
    public void whole(byte type, byte[] bytes, int offset, int length, boolean cut) {
        body.over(bytes, offset, length);
        switch (type) {
            case 'Q' -> query(bytes, offset, length, cut);
            case 'P' -> parse(bytes, cut);
            case 'B' -> bind(bytes, cut);
            case 'D' -> describe(bytes);
            case 'E' -> execute(bytes);
            default -> close(bytes);
        }
    }

    @Override
    public void piece(byte[] bytes, int offset, int length) {}

    @Override
    public void endOfPieces() {}

    private void sync() {
        if (!conversation.copyingIn) {
            conversation.skipping = false;
            conversation.batch++;
            conversation.expected.add(Expected.Kind.SYNC, null);
        }
    }

    private void query(byte[] bytes, int offset, int length, boolean cut) {
        int textLength = cut ? length : body.skipString();
        List<Statement> statements = cut
                ? List.of(recorder.statements().readCut(bytes, offset, textLength))
                : recorder.statements().readAll(bytes, offset, textLength);
        conversation.batch++;
        SimpleQuery query = new SimpleQuery(conversation, statements, !cut, nanos);
        if (conversation.sampling != null && statements.size() == 1) {
            query.sent = conversation.sampling.query(statements.get(0), bytes, offset, textLength, cut);
        }
        conversation.expected.add(Expected.Kind.QUERY, query);
    }

    private void parse(byte[] bytes, boolean cut) {
        int name = body.position();
        int nameLength = body.skipString();
        int text = body.position();
        int end = text;
        Statement statement;
        int[] types = NO_TYPES;
        if (cut) {
            statement = recorder.statements().readCut(bytes, text, body.remaining());
        } else {
            int textLength = body.skipString();
            statement = recorder.statements().read(bytes, text, textLength);
            end = text + textLength;
            int count = body.int2();
            types = count == 0 ? NO_TYPES : new int[count];
            for (int i = 0; i < count; i++) {
                types[i] = body.int4();
            }
        }
        PreparedText prepared = new PreparedText(statement, types, conversation.batch, nanos);
        if (conversation.sampling != null) {
            prepared.text = conversation.sampling.text(statement, bytes, text, end - text, cut);
        }
        PreparedText before = conversation.prepared.put(bytes, name, nameLength, prepared);
        if (nameLength > 0) {
            // the unnamed one is gone whatever comes of this
            prepared.replaced = before;
        }
        conversation.expected.add(Expected.Kind.PARSE, prepared);
    }

    private void bind(byte[] bytes, boolean cut) {
        int portalName = body.position();
        int portalNameLength = body.skipString();
        int name = body.position();
        int nameLength = body.skipString();
        PreparedText prepared = conversation.prepared.get(bytes, name, nameLength);
        if (prepared == null) {
            // prepared by SQL's own PREPARE, or beyond the names that are remembered
            prepared = new PreparedText(
                    recorder.statements().read(UNSEEN, 0, UNSEEN.length), NO_TYPES, conversation.batch, nanos);
        }
        int from = body.position();
        int left = body.remaining();
        BoundValues values =
                recorder.overloaded() ? BoundValues.UNREAD : recorder.binds().read(body, prepared, cut);
        Portal portal = new Portal(prepared, values, conversation.batch, nanos);
        if (conversation.sampling != null) {
            portal.sent = conversation.sampling.bound(prepared, bytes, from, left, cut);
        }
        portal.replaces(conversation.portals.put(bytes, portalName, portalNameLength, portal));
        conversation.expected.add(Expected.Kind.BIND, portal);
    }

    private void describe(byte[] bytes) {
        boolean portal = body.int1() == 'P';
        int name = body.position();
        int nameLength = body.skipString();
        if (portal) {
            conversation.expected.add(Expected.Kind.DESCRIBE_PORTAL, conversation.portals.get(bytes, name, nameLength));
        } else {
            conversation.expected.add(
                    Expected.Kind.DESCRIBE_STATEMENT, conversation.prepared.get(bytes, name, nameLength));
        }
    }

    private void execute(byte[] bytes) {
        int name = body.position();
        int nameLength = body.skipString();
        Portal portal = conversation.portals.get(bytes, name, nameLength);
        if (portal == null) {
            conversation.expected.add(Expected.Kind.EXECUTE, unnamed(UNSEEN));
            return;
        }
        Execution execution = portal.execution;
        if (execution == null) {
            PreparedText prepared = portal.prepared;
            execution = new Execution(
                    recorder.ids().queries(1),
                    prepared.statement,
                    portal.values,
                    prepared.traceId(conversation.batch),
                    portal,
                    nanos,
                    !recorder.overloaded());
            execution.sent = portal.sent;
            portal.sent = null;
            portal.execution = execution;
        }
        conversation.expected.add(Expected.Kind.EXECUTE, execution);
    }

    private void close(byte[] bytes) {
        boolean portal = body.int1() == 'P';
        int name = body.position();
        int nameLength = body.skipString();
        if (portal) {
            @Nullable Portal closed = conversation.portals.remove(bytes, name, nameLength);
            conversation.expected.add(Expected.Kind.CLOSE_PORTAL, closed);
        } else {
            conversation.expected.add(
                    Expected.Kind.CLOSE_STATEMENT,
                    ClosedStatement.remove(conversation.prepared, bytes, name, nameLength));
        }
    }

    private Execution unnamed(byte[] text) {
        return new Execution(
                recorder.ids().queries(1),
                recorder.statements().read(text, 0, text.length),
                BoundValues.UNREAD,
                null,
                null,
                nanos,
                false);
    }
}
