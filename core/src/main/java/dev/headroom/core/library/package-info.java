/** Libraries that are native code. */
@NullMarked
package dev.headroom.core.library;

import org.jspecify.annotations.NullMarked;
