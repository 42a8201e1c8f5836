/** House rules that are tested instead of reviewed: arrows between packages, and documents that name what exists. */
@NullMarked
package dev.headroom.cli.house;

import org.jspecify.annotations.NullMarked;
