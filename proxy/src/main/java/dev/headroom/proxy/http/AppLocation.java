package dev.headroom.proxy.http;

import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** Tells where the app listens, by TCP or on a Unix socket. Asked on the loop's thread, so it must not wait. */
@FunctionalInterface
public interface AppLocation {
    /** Where; null while that is not known. */
    @Nullable
    SocketAddress get();

    /**
     * Where, by what was seen at {@code nanos} of the monotonic clock or later; null while nothing was seen since. Asked
     * once a connection stands, before its first byte is sent: whom {@link #get} named may have been overtaken by another
     * program.
     */
    default @Nullable SocketAddress since(long nanos) {
        return get();
    }
}
