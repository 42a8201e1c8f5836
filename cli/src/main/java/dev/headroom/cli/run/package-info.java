/** One run of an app with Headroom around it: what {@code headroom run} composes. */
@NullMarked
package dev.headroom.cli.run;

import org.jspecify.annotations.NullMarked;
