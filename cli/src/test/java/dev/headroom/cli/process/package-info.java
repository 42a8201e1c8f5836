/** Tests of this feature. */
@NullMarked
package dev.headroom.cli.process;

import org.jspecify.annotations.NullMarked;
