package dev.headroom.core.trace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OperationNamesTest {
    private final OperationNames names = new OperationNames();

    private static Request request(String method, String route) {
        return new Request(1, method, "/", route, 200, 1, -1, 1, 1, 2, 2, 0, 0, 1, false, Outcome.COMPLETED);
    }

    @Test
    void eachNameIsMadeOnce() {
        String first = names.of(request("GET", "/orders"));

        assertThat(first).isEqualTo("GET /orders");
        assertThat(names.of(request("GET", "/orders"))).isSameAs(first);
        assertThat(names.of(request("POST", "/orders"))).isEqualTo("POST /orders");
        assertThat(names.of(request("GET", "/"))).isEqualTo("GET /");
    }

    @Test
    void beyondWhatIsKeptNamesAreStillRight() {
        for (int i = 0; i < 3_000; i++) {
            Request ofRoute = request("GET", "/" + i);
            Request ofMethod = request("M" + i, "/");
            assertThat(names.of(ofRoute)).isEqualTo(ofRoute.operation());
            assertThat(names.of(ofMethod)).isEqualTo(ofMethod.operation());
        }
    }
}
