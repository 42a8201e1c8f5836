package dev.headroom.proxy.postgres.capture;

import dev.headroom.core.trace.Connection;
import dev.headroom.core.trace.Event;
import dev.headroom.core.trace.Query;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What both directions of one connection must know of each other in order to be understood. */
public final class Conversation {
    /** SQLSTATE connection_failure: the answer never ended. */
    private static final String CONNECTION_FAILURE = "08006";

    final Recorder recorder;
    final Expected expected = new Expected();
    final NameTable<PreparedText> prepared = new NameTable<>();
    final NameTable<Portal> portals = new NameTable<>();
    final TransactionBlock transaction;
    final ColumnNames names;

    /** Keeps values; null where they are not to be kept, which is the rule. */
    final @Nullable ValueSampling sampling;

    private final long id;
    private final long openedNanos;

    /** Runs of messages up to a Sync, counted. */
    long batch;

    /** Whether the server ignores all messages up to the next Sync, because one before failed. */
    boolean skipping;

    /** Whether the server takes COPY data and therefore ignores Sync. */
    boolean copyingIn;

    private final Predicate<Portal> endOfTransaction = this::endsWithTransaction;
    private long answeredBatches;
    private final String server;
    private final CancelKeys cancelKeys;
    private byte @Nullable [] cancelKey;
    private int backendPid;
    private long readyNanos;
    private long lastEndNanos;
    private boolean startUpRefused;

    /**
     * A connection that the app opened at {@code openedNanos} of the monotonic clock.
     *
     * @param samples keeps executions with their values; null where values are not to be kept
     * @param server what the server, and the database, are called where it refuses the connection
     * @param cancelKeys hears of the connection's cancel key
     */
    public Conversation(
            Recorder recorder,
            ColumnNames names,
            @Nullable DatabaseSamples samples,
            String server,
            CancelKeys cancelKeys,
            long openedNanos) {
        this.server = server;
        this.cancelKeys = cancelKeys;
        this.sampling = samples == null ? null : new ValueSampling(samples, recorder);
        this.recorder = recorder;
        this.names = names;
        this.openedNanos = openedNanos;
        this.transaction = new TransactionBlock(recorder.ids()::transaction);
        this.id = recorder.ids().connection();
    }

    void backend(int pid, byte[] key) {
        backendPid = pid;
        if (cancelKey == null) {
            cancelKey = key;
            cancelKeys.issued(key);
        }
    }

    /** Whether the server was ready for a query once: until then, others wait for what it tells. */
    boolean begun() {
        return readyNanos != 0;
    }

    /** The server refuses the start-up: nothing that the app may have sent ahead is ever run. */
    void startUpRefused(String sqlState) {
        if (!startUpRefused) {
            startUpRefused = true;
            recorder.happened(Event.Kind.DATABASE_REFUSED, StartUpRefusal.text(server, sqlState));
        }
    }

    /** The server is ready for the next query; {@code status} is {@code I}, {@code T} or {@code E}. */
    void ready(int status, long nanos) {
        if (readyNanos == 0) {
            readyNanos = nanos;
            recorder.connection(new Connection(id, backendPid, openedNanos, nanos, 0));
            names.wanted();
            return;
        }
        answeredBatches++;
        endBatch();
        transaction.ready(status);
        if (status == 'I') {
            portals.removeIf(endOfTransaction);
            if (sampling != null && expected.isEmpty()) {
                sampling.idle();
            }
        }
    }

    private void endBatch() {
        for (Expected.Kind kind = expected.kind(); kind != null; kind = expected.kind()) {
            if (kind == Expected.Kind.BIND) {
                bound(expected.subject());
            }
            expected.poll();
            if (kind == Expected.Kind.SYNC || kind == Expected.Kind.QUERY || kind == Expected.Kind.FUNCTION) {
                return;
            }
        }
    }

    /** Portals end with the transaction, but the app may have bound one for the next already. */
    private boolean endsWithTransaction(Portal portal) {
        boolean ends = portal.batch < answeredBatches;
        if (ends) {
            destroyed(portal);
        }
        return ends;
    }

    /** The server now takes COPY data, and ignores Sync until the app has ended it. */
    void copyInBegins() {
        copyingIn = !expected.holdsCopyEnd();
        answeredBatches += expected.dropSyncsOfCopy();
    }

    /** Something failed: the server ignores all that was sent up to the next Sync. */
    void skipToSync() {
        for (Expected.Kind kind = expected.kind(); kind != Expected.Kind.SYNC; kind = expected.kind()) {
            if (kind == null) {
                skipping = true;
                return;
            }
            Object subject = expected.subject();
            expected.poll();
            if (kind == Expected.Kind.PARSE && subject instanceof PreparedText refused) {
                prepared.replaceAll(other -> other.without(refused));
            } else if (kind == Expected.Kind.BIND) {
                bound(subject);
            } else if (subject instanceof ClosedStatement kept) {
                kept.restore(prepared);
            } else if (kind == Expected.Kind.CLOSE_PORTAL && subject instanceof Portal aborted) {
                // it is gone with its transaction
                destroyed(aborted);
            } else if (subject instanceof Execution execution && execution.portal != null && !execution.suspended) {
                execution.portal.execution = null;
            }
        }
    }

    /** A Bind is answered, whatever the answer was: what had the portal's name before is gone. */
    void bound(@Nullable Object portal) {
        if (portal instanceof Portal answered) {
            destroyed(answered.takeReplaced());
        }
    }

    /**
     * What the server refused before it executed it, where the message that failed is about a statement: the execution
     * that was sent along with it, or one made up of what is known where the app waits before it sends that.
     */
    @Nullable
    Execution refused() {
        Object subject = expected.subject();
        if (subject == null || subject instanceof ClosedStatement || expected.kind() == Expected.Kind.CLOSE_PORTAL) {
            return null;
        }
        Execution sent = expected.executionOf(subject);
        if (sent != null && !sent.suspended) {
            return sent;
        }
        if (subject instanceof PreparedText text) {
            return unsent(text, BoundValues.UNSENT, text.sentNanos);
        }
        return subject instanceof Portal portal ? unsent(portal.prepared, portal.values, portal.sentNanos) : null;
    }

    private Execution unsent(PreparedText text, BoundValues values, long sentNanos) {
        return new Execution(
                recorder.ids().queries(1), text.statement, values, text.traceId(batch), null, sentNanos, true);
    }

    /**
     * The app is gone: it does not wait for what is being executed.
     *
     * @param known whether the connection was read until now; else nothing can be said of what seems to be under way
     */
    void appGone(long nanos, boolean known) {
        endUnderWay(nanos, known, Query.OUTCOME_UNKNOWN);
    }

    /**
     * The connection is gone, and with it what was still being executed.
     *
     * @param known as above
     */
    void closed(long nanos, boolean known) {
        byte[] key = cancelKey;
        if (key != null) {
            cancelKeys.revoked(key);
        }
        endUnderWay(nanos, known, CONNECTION_FAILURE);
        if (known && !startUpRefused) {
            answeredBatches = Long.MAX_VALUE;
            portals.removeIf(endOfTransaction);
        }
        if (sampling != null) {
            sampling.idle();
        }
        recorder.connection(new Connection(id, backendPid, openedNanos, readyNanos, nanos));
    }

    private void endUnderWay(long nanos, boolean known, String sqlState) {
        Execution execution = known && !startUpRefused ? expected.underWay() : null;
        if (execution != null) {
            finish(execution, nanos, sqlState);
        }
    }

    /** An execution gets an answer: the server can't have begun with it before it was through with the one before. */
    void answered(Execution execution, long nanos) {
        if (execution.startNanos == 0) {
            execution.startNanos = Math.max(execution.sentNanos, lastEndNanos);
            if (execution.portal != null) {
                execution.bytes += execution.portal.takeDescribedBytes();
            }
        }
        execution.lastNanos = nanos;
    }

    void finish(Execution execution, long endNanos, @Nullable String sqlState) {
        if (!execution.finished) {
            execution.finished = true;
            Portal portal = execution.portal;
            if (portal != null && portal.execution == execution) {
                portal.execution = null;
            }
            lastEndNanos = Math.max(lastEndNanos, endNanos);
            recorder.finished(execution, id, transaction.id(), endNanos, names, sqlState);
            if (sampling != null) {
                sampling.finished(execution, endNanos, sqlState);
            }
        }
    }

    /** A portal is gone: an execution that a row limit had suspended ended with its last row. */
    void destroyed(@Nullable Portal portal) {
        Execution execution = portal == null ? null : portal.execution;
        if (execution != null && execution.suspended) {
            finish(execution, execution.lastNanos, null);
        }
    }
}
