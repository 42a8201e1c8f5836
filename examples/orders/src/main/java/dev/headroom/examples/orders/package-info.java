/** A Spring Boot application that lists orders and offices, in three stages of the same code. */
@NullMarked
package dev.headroom.examples.orders;

import org.jspecify.annotations.NullMarked;
