/** {@code headroom demo}: a bundled PostgreSQL, an example app, and its three stages under {@code headroom run}. */
@NullMarked
package dev.headroom.cli.demo;

import org.jspecify.annotations.NullMarked;
