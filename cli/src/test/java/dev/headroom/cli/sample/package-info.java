/** Tests of this feature. */
@NullMarked
package dev.headroom.cli.sample;

import org.jspecify.annotations.NullMarked;
