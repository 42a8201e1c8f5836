/** The commands: each reads its options and hands over to a feature. */
@NullMarked
package dev.headroom.cli.command;

import org.jspecify.annotations.NullMarked;
