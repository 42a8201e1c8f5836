/** The selector threads that both proxies run on: channels, timers, tasks and pooled buffers. */
@NullMarked
package dev.headroom.proxy.net;

import org.jspecify.annotations.NullMarked;
