/** What all of Headroom shares: its vocabulary, its judgement and its words. */
@NullMarked
package dev.headroom.core;

import org.jspecify.annotations.NullMarked;
