/** Tests of this feature. */
@NullMarked
package dev.headroom.cli.setup;

import org.jspecify.annotations.NullMarked;
