/** From events of the proxies and of in-app instrumentation to whole requests: attribution and bounded hand-over. */
@NullMarked
package dev.headroom.core.capture;

import org.jspecify.annotations.NullMarked;
