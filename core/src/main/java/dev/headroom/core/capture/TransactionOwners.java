package dev.headroom.core.capture;

import dev.headroom.core.trace.Attribution;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which request each recent transaction belongs to, by its queries that could be attributed. Owned by one thread. */
final class TransactionOwners {
    private static final int KEPT = 10_000;

    /** A transaction's request, and how it is known. */
    record Owner(long requestId, Attribution how) {
        private static final Owner SEVERAL = new Owner(-1, Attribution.UNATTRIBUTED);
    }

    private final Map<Long, Owner> owners = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Owner> eldest) {
            return size() > KEPT;
        }
    };

    /** A query of the transaction belongs to that request (0: to none, as far as is known). */
    void note(long transactionId, long requestId, Attribution how) {
        if (transactionId == 0) {
            return;
        }
        Owner before = owners.get(transactionId);
        if (before != null
                && before.requestId() == requestId
                && (before.how() == how || before.how() == Attribution.EXACT)) {
            return; // as for most statements of a transaction: nothing new
        }
        owners.merge(transactionId, new Owner(requestId, how), TransactionOwners::join);
    }

    private static Owner join(Owner before, Owner now) {
        if (before.requestId() == now.requestId()) {
            return before.how() == Attribution.EXACT ? before : now;
        }
        boolean beforeExact = before.how() == Attribution.EXACT;
        boolean nowExact = now.how() == Attribution.EXACT;
        if (beforeExact != nowExact) {
            return beforeExact ? before : now;
        }
        return Owner.SEVERAL;
    }

    /** The transaction's request; null where nothing is known, never one of several. */
    @Nullable
    Owner of(long transactionId) {
        Owner owner = transactionId == 0 ? null : owners.get(transactionId);
        return owner == null || owner.requestId() < 0 ? null : owner;
    }

    /** Whether queries of the transaction belong to someone else than {@code requestId}, or to several. */
    boolean foreign(long transactionId, long requestId) {
        Owner owner = transactionId == 0 ? null : owners.get(transactionId);
        return owner != null && owner.requestId() != requestId;
    }
}
