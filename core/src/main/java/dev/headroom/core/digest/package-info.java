/** Keyed digests of values: equal values compare equal however they travelled, and no value can be read back. */
@NullMarked
package dev.headroom.core.digest;

import org.jspecify.annotations.NullMarked;
