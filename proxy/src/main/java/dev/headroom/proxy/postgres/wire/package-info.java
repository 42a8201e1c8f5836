/** Non-blocking connections in plain text or with TLS, and what waits to be written on them. */
@NullMarked
package dev.headroom.proxy.postgres.wire;

import org.jspecify.annotations.NullMarked;
