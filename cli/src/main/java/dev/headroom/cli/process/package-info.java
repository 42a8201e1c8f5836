/** The watched app as a process: its start, its signals, its tree and its end. */
@NullMarked
package dev.headroom.cli.process;

import org.jspecify.annotations.NullMarked;
