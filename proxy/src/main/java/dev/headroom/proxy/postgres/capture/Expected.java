package dev.headroom.proxy.postgres.capture;

import dev.headroom.proxy.postgres.message.NotPostgresException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The answers that a connection's server still owes, in order: one entry for each message of the app that is answered.
 * A ring that grows; an app that sends very many messages without reading ends the interpretation.
 */
final class Expected {
    private static final int LARGEST = 1 << 17;

    /** What is owed an answer. */
    enum Kind {
        PARSE,
        BIND,
        DESCRIBE_STATEMENT,
        DESCRIBE_PORTAL,
        EXECUTE,
        CLOSE_STATEMENT,
        CLOSE_PORTAL,
        SYNC,
        QUERY,
        FUNCTION,
        /** The app ended a COPY: not answered, but marks which Sync before it was ignored. */
        COPY_END
    }

    private @Nullable Kind[] kinds = new @Nullable Kind[8];
    private @Nullable Object[] subjects = new @Nullable Object[8];
    private int first;
    private int count;

    boolean isEmpty() {
        return count == 0;
    }

    void add(Kind kind, @Nullable Object subject) {
        if (count == kinds.length) {
            grow();
        }
        int slot = (first + count) & (kinds.length - 1);
        kinds[slot] = kind;
        subjects[slot] = subject;
        count++;
    }

    /** The next answer's kind; null where none is owed. */
    @Nullable
    Kind kind() {
        return count == 0 ? null : kinds[first];
    }

    /** What the next answer is about. */
    @Nullable
    Object subject() {
        return count == 0 ? null : subjects[first];
    }

    /** The next answer has come. */
    void poll() {
        kinds[first] = null;
        subjects[first] = null;
        first = (first + 1) & (kinds.length - 1);
        count--;
    }

    /** The execution of {@code refused}, a prepared statement or a portal, that was to follow in the same run of messages. */
    @Nullable
    Execution executionOf(Object refused) {
        for (int i = 0; i < count; i++) {
            int slot = (first + i) & (kinds.length - 1);
            if (kinds[slot] == Kind.SYNC) {
                return null;
            }
            if (kinds[slot] == Kind.EXECUTE
                    && subjects[slot] instanceof Execution execution
                    && execution.portal != null
                    && (execution.portal == refused || execution.portal.prepared == refused)) {
                return execution;
            }
        }
        return null;
    }

    /**
     * What the server executes, as far as can be told: its answers to Parse, Bind and the like lie in its buffer until
     * the next Sync (protocol, 55.2.3), so that of a run of messages it may be at any. What begins a transaction is
     * passed over where more follows. Null where no execution waits for its answer.
     */
    @Nullable
    Execution underWay() {
        Execution found = null;
        for (int i = 0; i < count; i++) {
            int slot = (first + i) & (kinds.length - 1);
            Object subject = subjects[slot];
            if (kinds[slot] == Kind.SYNC) {
                return found;
            }
            if (subject instanceof SimpleQuery query) {
                return found != null || query.answered() ? found : query.current();
            }
            if (subject instanceof Execution execution) {
                if (execution.startNanos != 0 || !execution.statement.shape().control()) {
                    return execution;
                }
                found = found == null ? execution : found;
            }
        }
        return found;
    }

    /**
     * Drops each Sync that the app sent before it ended the COPY which just began, as the server ignores those; returns
     * how many.
     */
    int dropSyncsOfCopy() {
        int kept = 0;
        boolean ended = false;
        for (int i = 0; i < count; i++) {
            int from = (first + i) & (kinds.length - 1);
            Kind kind = kinds[from];
            Object subject = subjects[from];
            ended |= kind == Kind.COPY_END;
            if (kind == Kind.SYNC && !ended) {
                continue;
            }
            int to = (first + kept++) & (kinds.length - 1);
            kinds[to] = kind;
            subjects[to] = subject;
        }
        int dropped = count - kept;
        for (int i = kept; i < count; i++) {
            int slot = (first + i) & (kinds.length - 1);
            kinds[slot] = null;
            subjects[slot] = null;
        }
        count = kept;
        return dropped;
    }

    /** Whether the app ended the COPY that just began already. */
    boolean holdsCopyEnd() {
        for (int i = 0; i < count; i++) {
            if (kinds[(first + i) & (kinds.length - 1)] == Kind.COPY_END) {
                return true;
            }
        }
        return false;
    }

    private void grow() {
        if (count >= LARGEST) {
            throw new NotPostgresException("over " + LARGEST + " messages without an answer");
        }
        int size = kinds.length;
        @Nullable Kind[] moreKinds = Arrays.copyOf(kinds, size * 2);
        @Nullable Object[] moreSubjects = Arrays.copyOf(subjects, size * 2);
        for (int i = 0; i < size; i++) {
            moreKinds[i] = kinds[(first + i) & (size - 1)];
            moreSubjects[i] = subjects[(first + i) & (size - 1)];
        }
        kinds = moreKinds;
        subjects = moreSubjects;
        first = 0;
    }
}
