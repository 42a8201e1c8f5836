package dev.headroom.core.check;

import dev.headroom.core.trace.Query;

/** A check at work that looks at queries outside requests, too. They can be very many, and most checks have no use for them. */
public interface OutsideRun extends CheckRun {
    /** A query that belongs to no request. */
    void outside(Query query);
}
