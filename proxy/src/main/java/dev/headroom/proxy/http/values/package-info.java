/** The values that text responses show, as digests, read beside the traffic. */
@NullMarked
package dev.headroom.proxy.http.values;

import org.jspecify.annotations.NullMarked;
