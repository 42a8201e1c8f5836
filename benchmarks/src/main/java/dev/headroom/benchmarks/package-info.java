/** What the hot paths cost, by JMH. */
@NullMarked
package dev.headroom.benchmarks;

import org.jspecify.annotations.NullMarked;
