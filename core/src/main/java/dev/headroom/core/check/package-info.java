/** The doctor: pure functions from traces to findings. */
@NullMarked
package dev.headroom.core.check;

import org.jspecify.annotations.NullMarked;
