/** From paths to routes: which requests are counted together. */
@NullMarked
package dev.headroom.core.route;

import org.jspecify.annotations.NullMarked;
