/** The vocabulary: facts about requests, queries, connections and processes, as records without judgement. */
@NullMarked
package dev.headroom.core.trace;

import org.jspecify.annotations.NullMarked;
