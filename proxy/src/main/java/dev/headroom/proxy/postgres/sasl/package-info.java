/** SCRAM-SHA-256: its offer, its exchange, and the proxy's own answer to a server. */
@NullMarked
package dev.headroom.proxy.postgres.sasl;

import org.jspecify.annotations.NullMarked;
