/** Recordings: one SQLite file a run, written while it runs, read by anybody. */
@NullMarked
package dev.headroom.server.recording;

import org.jspecify.annotations.NullMarked;
