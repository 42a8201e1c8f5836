/** The first stage: entities, lazy loading and finders, a row at a time. */
@NullMarked
package dev.headroom.examples.orders.before;

import org.jspecify.annotations.NullMarked;
