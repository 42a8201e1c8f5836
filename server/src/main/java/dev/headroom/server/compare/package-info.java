/** Two runs side by side: which routes differ by more than their own noise, which findings went and came. */
@NullMarked
package dev.headroom.server.compare;

import org.jspecify.annotations.NullMarked;
