package dev.headroom.proxy.postgres;

import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * The loops of one proxy and the app's connections that each of them serves. Shared out on one thread, that of the first
 * loop, which accepts them all.
 */
final class LoopShares {
    private record Share(LoopState loop, List<SocketChannel> open) {}

    private final List<Share> shares;

    LoopShares(List<LoopState> loops) {
        shares = loops.stream().map(loop -> new Share(loop, new ArrayList<>())).toList();
    }

    /** The one that accepts. Any thread may ask. */
    LoopState first() {
        return shares.get(0).loop();
    }

    /** All of them. Any thread may ask. */
    List<LoopState> all() {
        return shares.stream().map(Share::loop).toList();
    }

    /** The loop to serve {@code app}: one with the fewest connections that are still open. */
    LoopState take(SocketChannel app) {
        Share least = shares.get(0);
        for (Share share : shares) {
            share.open().removeIf(channel -> !channel.isOpen());
            if (share.open().size() < least.open().size()) {
                least = share;
            }
        }
        least.open().add(app);
        return least.loop();
    }
}
