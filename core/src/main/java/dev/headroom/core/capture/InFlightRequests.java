package dev.headroom.core.capture;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Requests by their ids, in the order in which they were added: a table whose chains lead through the requests
 * themselves, so that a request costs no object beside its own. Owned by one thread.
 */
final class InFlightRequests implements Iterable<InFlight> {
    private static final int LEAST_CHAINS = 64;

    private @Nullable InFlight[] chains = new InFlight[LEAST_CHAINS];
    private @Nullable InFlight first;
    private @Nullable InFlight last;
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    /** The request of that id; null where there is none. */
    @Nullable
    InFlight get(long id) {
        InFlight found = chains[chain(id)];
        while (found != null && found.id != id) {
            found = found.sameChain;
        }
        return found;
    }

    /** Adds a request; one of the same id gives way to it. */
    void add(InFlight request) {
        InFlight before = get(request.id);
        if (before != null) {
            takeOut(before);
        }
        if (size == chains.length) {
            grow();
        }
        int chain = chain(request.id);
        request.sameChain = chains[chain];
        chains[chain] = request;
        request.before = last;
        if (last == null) {
            first = request;
        } else {
            last.after = request;
        }
        last = request;
        size++;
    }

    /** Takes a request out that is in here. */
    void takeOut(InFlight request) {
        int chain = chain(request.id);
        InFlight each = chains[chain];
        if (each == request) {
            chains[chain] = request.sameChain;
        } else {
            while (each != null && each.sameChain != request) {
                each = each.sameChain;
            }
            if (each == null) {
                throw new IllegalArgumentException("request " + request.id + " is not in here");
            }
            each.sameChain = request.sameChain;
        }
        InFlight before = request.before;
        InFlight after = request.after;
        if (before == null) {
            first = after;
        } else {
            before.after = after;
        }
        if (after == null) {
            last = before;
        } else {
            after.before = before;
        }
        request.before = null;
        request.after = null;
        request.sameChain = null;
        size--;
    }

    /** Oldest first. What was returned last may be {@linkplain #takeOut taken out} meanwhile, and nothing else. */
    @Override
    public Iterator<InFlight> iterator() {
        return new Iterator<>() {
            private @Nullable InFlight next = first;

            @Override
            public boolean hasNext() {
                return next != null;
            }

            @Override
            public InFlight next() {
                InFlight current = next;
                if (current == null) {
                    throw new NoSuchElementException();
                }
                next = current.after;
                return current;
            }
        };
    }

    private void grow() {
        chains = new InFlight[chains.length * 2];
        for (InFlight each = first; each != null; each = each.after) {
            int chain = chain(each.id);
            each.sameChain = chains[chain];
            chains[chain] = each;
        }
    }

    /** Ids are given one after the other, so that they fill the chains evenly. */
    private int chain(long id) {
        return (int) id & (chains.length - 1);
    }
}
