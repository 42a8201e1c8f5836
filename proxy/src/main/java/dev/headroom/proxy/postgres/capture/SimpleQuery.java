package dev.headroom.proxy.postgres.capture;

import dev.headroom.core.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A Query message: its statements, executed and answered one after the other. */
final class SimpleQuery {
    private final Conversation conversation;
    private final List<Statement> statements;
    private final boolean whole;
    private final long sentNanos;
    private final long firstId;
    private int next;

    /** What was sent; null where that is not to be kept. */
    @Nullable
    SentStatement sent;

    /** The execution that is being answered; null between two. */
    @Nullable
    Execution current;

    SimpleQuery(Conversation conversation, List<Statement> statements, boolean whole, long sentNanos) {
        this.conversation = conversation;
        this.statements = statements;
        this.whole = whole;
        this.sentNanos = sentNanos;
        this.firstId = conversation.recorder.ids().queries(statements.size());
    }

    /** Whether nothing has been answered yet. */
    boolean untouched() {
        return next == 0;
    }

    /** Whether its text is of one statement. */
    boolean single() {
        return statements.size() == 1;
    }

    /** Whether each of its statements has been answered. */
    boolean answered() {
        return current == null && next >= statements.size();
    }

    /** The execution that is being answered; the next one, where none was. */
    Execution current() {
        Execution execution = current;
        if (execution == null) {
            // more answers than the text seems to have statements: what is known of them is the last one's
            boolean known = next < statements.size();
            Statement statement = statements.get(known ? next : statements.size() - 1);
            long id = known ? firstId + next : conversation.recorder.ids().queries(1);
            next++;
            execution = new Execution(
                    id,
                    statement,
                    whole ? BoundValues.NONE : BoundValues.UNREAD,
                    statement.traceId(),
                    null,
                    sentNanos,
                    !conversation.recorder.overloaded());
            execution.sent = known ? sent : null;
            current = execution;
        }
        return execution;
    }
}
