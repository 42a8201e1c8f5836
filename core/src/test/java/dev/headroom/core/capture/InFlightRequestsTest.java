package dev.headroom.core.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class InFlightRequestsTest {
    private final InFlightRequests requests = new InFlightRequests();

    @Test
    void itHoldsWhatAMapInTheOrderOfAdditionWouldHold() {
        Map<Long, InFlight> expected = new LinkedHashMap<>();
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            // more, then fewer and fewer; ids that fall on the same chain among them
            long id = random.nextInt(500) * (random.nextBoolean() ? 1L : 1L << 33);
            InFlight known = expected.get(id);
            assertThat(requests.get(id)).isSameAs(known);
            if (known == null && random.nextInt(20_000) > i) {
                InFlight request = request(id);
                requests.add(request);
                expected.put(id, request);
            } else if (known != null) {
                requests.takeOut(known);
                expected.remove(id);
            }
            if (i % 100 == 0) {
                assertThat(requests).containsExactlyElementsOf(expected.values());
                assertThat(requests.isEmpty()).isEqualTo(expected.isEmpty());
            }
        }
        List.copyOf(expected.values()).forEach(requests::takeOut);
        assertThat(requests).isEmpty();
    }

    @Test
    void oneOfTheSameIdTakesTheOthersPlace() {
        InFlight second = request(1);
        requests.add(request(1));
        requests.add(second);

        assertThat(requests).containsExactly(second);
        assertThat(requests.get(1)).isSameAs(second);
    }

    @Test
    void whatWasReturnedLastMayBeTakenOutOnTheWay() {
        for (long id = 1; id <= 5; id++) {
            requests.add(request(id));
        }
        List<Long> seen = new ArrayList<>();
        for (InFlight each : requests) {
            seen.add(each.id);
            if (each.id % 2 == 1) {
                requests.takeOut(each);
            }
        }

        assertThat(seen).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(requests).extracting(each -> each.id).containsExactly(2L, 4L);
    }

    private static InFlight request(long id) {
        return new InFlight(id, id, null, new DetailBudget(1_000));
    }
}
