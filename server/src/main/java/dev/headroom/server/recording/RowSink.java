package dev.headroom.server.recording;

import dev.headroom.core.trace.TraceSink;

/** A sink that is told where in the recording lies what it is told. */
public interface RowSink extends TraceSink {
    /** What is told from here on, until this is called again, lies in the row of that number. */
    void row(long sequence);
}
