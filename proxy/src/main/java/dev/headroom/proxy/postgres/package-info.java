/** The PostgreSQL proxy between the app and its database. */
@NullMarked
package dev.headroom.proxy.postgres;

import org.jspecify.annotations.NullMarked;
