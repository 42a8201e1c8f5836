/** The second stage: rows and columns that the page shows, and nothing else. */
@NullMarked
package dev.headroom.examples.orders.narrow;

import org.jspecify.annotations.NullMarked;
