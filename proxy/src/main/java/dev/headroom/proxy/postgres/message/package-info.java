/** The messages of PostgreSQL's protocol 3 as bytes. */
@NullMarked
package dev.headroom.proxy.postgres.message;

import org.jspecify.annotations.NullMarked;
