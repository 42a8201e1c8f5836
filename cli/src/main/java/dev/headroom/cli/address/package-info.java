/** Finds the PostgreSQL addresses in an app's environment and points them at the proxy. */
@NullMarked
package dev.headroom.cli.address;

import org.jspecify.annotations.NullMarked;
