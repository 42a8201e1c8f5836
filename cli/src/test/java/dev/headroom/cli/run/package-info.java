/** Tests of this feature. */
@NullMarked
package dev.headroom.cli.run;

import org.jspecify.annotations.NullMarked;
