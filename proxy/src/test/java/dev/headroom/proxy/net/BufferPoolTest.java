package dev.headroom.proxy.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BufferPoolTest {
    private final BufferPool pool = new BufferPool();

    @Test
    void readsGetSmallerTheMoreWaitsForSlowReaders() {
        assertThat(pool.readable(64 * 1024)).isEqualTo(64 * 1024);
        long readers = 0;
        while (pool.readable(64 * 1024) > BufferPool.LEAST_READ) {
            pool.takeSmall(pool.readable(64 * 1024));
            readers++;
            assertThat(pool.held()).isLessThan(BufferPool.COMFORTABLE);
        }
        assertThat(readers).isGreaterThan(600);
    }

    @Test
    void whatIsGivenBackIsRoomAgain() {
        ByteBuffer small = pool.takeSmall(1_000);
        ByteBuffer large = pool.take();
        assertThat(pool.held()).isEqualTo(1_000 + BufferPool.SIZE);
        pool.giveSmall(small);
        pool.give(large);
        assertThat(pool.held()).isZero();
        assertThat(pool.take()).isSameAs(large);
    }

    @Test
    void beyondTheDirectMemoryThatIsSetAsideTheHeapServes() {
        List<ByteBuffer> taken = new ArrayList<>();
        for (long bytes = 0; bytes <= BufferPool.MOST_DIRECT; bytes += BufferPool.SIZE) {
            taken.add(pool.take());
        }
        assertThat(taken.get(0).isDirect()).isTrue();
        assertThat(taken.get(taken.size() - 1).isDirect()).isFalse();
        taken.forEach(pool::give);
    }
}
