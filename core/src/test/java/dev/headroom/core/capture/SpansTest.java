package dev.headroom.core.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SpansTest {
    @Test
    void saysWhatLookingAtEachWouldSay() {
        Random random = new Random(7);
        for (int round = 0; round < 2_000; round++) {
            long[][] spans = new long[random.nextInt(8)][];
            for (int i = 0; i < spans.length; i++) {
                long start = random.nextInt(40);
                spans[i] = new long[] {start, start + random.nextInt(10)};
            }
            long start = random.nextInt(40);
            long end = start + random.nextInt(10);
            boolean one = Arrays.stream(spans).anyMatch(span -> span[0] <= end && span[1] >= start);
            assertThat(new Spans(spans.clone()).overlap(start, end))
                    .as("%s in %d to %d", Arrays.deepToString(spans), start, end)
                    .isEqualTo(one);
        }
    }
}
