/** The third stage: the first one's answers, joined and prefetched. */
@NullMarked
package dev.headroom.examples.orders.after;

import org.jspecify.annotations.NullMarked;
