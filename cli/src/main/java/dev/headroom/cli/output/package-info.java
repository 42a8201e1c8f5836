/** Where output goes: what kind of terminal, if any. */
@NullMarked
package dev.headroom.cli.output;

import org.jspecify.annotations.NullMarked;
