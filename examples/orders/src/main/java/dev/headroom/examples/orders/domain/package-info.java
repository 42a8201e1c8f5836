/** The tables, as JPA entities; every association is lazy. */
@NullMarked
package dev.headroom.examples.orders.domain;

import org.jspecify.annotations.NullMarked;
