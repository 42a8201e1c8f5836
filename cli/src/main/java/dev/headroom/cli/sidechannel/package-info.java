/** The side channel's near end: what instrumentation inside the app tells; docs/reference/side-channel.md. */
@NullMarked
package dev.headroom.cli.sidechannel;

import org.jspecify.annotations.NullMarked;
