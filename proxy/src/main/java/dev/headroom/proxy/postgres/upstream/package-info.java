/** The server that the app's address names: where it listens, how it wants TLS, with which credentials. */
@NullMarked
package dev.headroom.proxy.postgres.upstream;

import org.jspecify.annotations.NullMarked;
