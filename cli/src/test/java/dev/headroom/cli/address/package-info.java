/** Tests of this feature. */
@NullMarked
package dev.headroom.cli.address;

import org.jspecify.annotations.NullMarked;
