package dev.headroom.cli.sample;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Who listens at a port, from the view of some processes.
 *
 * @param address where they listen, or somebody of whom it can't be told; null where they don't
 * @param other who else does, as in {@code nginx (process 4711)}; null where they do or nobody does
 */
public record PortUse(
        @Nullable InetSocketAddress address, @Nullable String other) {
    static final PortUse NOBODY = new PortUse(null, null);

    public PortUse {
        if (address != null && other != null) {
            throw new IllegalArgumentException("a port is theirs or another's: " + address + ", " + other);
        }
    }
}
