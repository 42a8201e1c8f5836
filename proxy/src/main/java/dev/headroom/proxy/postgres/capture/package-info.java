/** Reads along with a session and states each execution: statements, values, columns, rows, times. */
@NullMarked
package dev.headroom.proxy.postgres.capture;

import org.jspecify.annotations.NullMarked;
