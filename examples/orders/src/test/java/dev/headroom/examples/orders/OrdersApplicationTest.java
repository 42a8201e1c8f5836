package dev.headroom.examples.orders;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class OrdersApplicationTest {

    @Test
    void an_unknown_stage_is_refused() {
        assertThatThrownBy(() -> RunningStage.start("later"))
                .hasMessage("orders.stage is 'later'; set it to before, narrow or after");
    }
}
