/** Reports of recordings, for the commands that show or judge them. */
@NullMarked
package dev.headroom.cli.view;

import org.jspecify.annotations.NullMarked;
