/** The file {@code headroom.toml}. */
@NullMarked
package dev.headroom.cli.config;

import org.jspecify.annotations.NullMarked;
