package dev.headroom.cli.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MemorySamplerTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    @Test
    void looksOnceASecondAlsoWhereALookWaitsForAProcessor() {
        assertThat(MemorySampler.pauseNanos(SECOND / 2, SECOND / 100)).isEqualTo(SECOND / 2);
    }

    @Test
    void looksLessOftenWhereALookIsDearButAtLeastEachFiveSeconds() {
        assertThat(MemorySampler.pauseNanos(SECOND / 10, SECOND / 10)).isEqualTo(2 * SECOND);
        assertThat(MemorySampler.pauseNanos(SECOND, SECOND)).isEqualTo(5 * SECOND);
    }
}
