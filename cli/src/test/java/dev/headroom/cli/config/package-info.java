/** Tests of this feature. */
@NullMarked
package dev.headroom.cli.config;

import org.jspecify.annotations.NullMarked;
