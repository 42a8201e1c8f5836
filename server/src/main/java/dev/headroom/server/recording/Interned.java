package dev.headroom.server.recording;

import dev.headroom.core.trace.CallSite;
import dev.headroom.core.trace.QueryShape;
import java.util.List;

/** What the bodies of a recording refer to by number instead of repeating it. */
interface Interned {

    /** Gives numbers when bodies are written. */
    interface Numbers {
        int shape(QueryShape shape);

        int callSite(CallSite site);

        int columns(List<ColumnLabel> columns);
    }

    /** Gives back what was numbered; fails with a HeadroomException for a number that never was. */
    interface Entries {
        QueryShape shape(int number);

        CallSite callSite(int number);

        List<ColumnLabel> columns(int number);
    }
}
