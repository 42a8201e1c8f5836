/** Keys, certificates and trust: towards apps that insist on TLS, and towards servers. */
@NullMarked
package dev.headroom.proxy.postgres.tls;

import org.jspecify.annotations.NullMarked;
