/** The page: a small HTTP server on this machine that shows recordings, and the same as one file. */
@NullMarked
package dev.headroom.server.page;

import org.jspecify.annotations.NullMarked;
