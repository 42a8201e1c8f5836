/** What the proxy asks the database itself, on a connection of its own: column names and statistics. */
@NullMarked
package dev.headroom.proxy.postgres.catalogue;

import org.jspecify.annotations.NullMarked;
