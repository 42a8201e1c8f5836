/** What the API answers in the stages {@code before} and {@code after}. */
@NullMarked
package dev.headroom.examples.orders.view;

import org.jspecify.annotations.NullMarked;
