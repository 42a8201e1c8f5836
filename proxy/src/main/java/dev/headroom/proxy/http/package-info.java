/** The HTTP proxy in front of the app. */
@NullMarked
package dev.headroom.proxy.http;

import org.jspecify.annotations.NullMarked;
