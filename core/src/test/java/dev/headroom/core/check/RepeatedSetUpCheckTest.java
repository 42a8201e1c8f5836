package dev.headroom.core.check;

import static dev.headroom.core.check.TestRequest.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.core.trace.Connection;
import java.util.List;
import org.junit.jupiter.api.Test;

class RepeatedSetUpCheckTest {
    @Test
    void reportsAConnectionPerRequest() {
        assertThat(found(20, 20)).singleElement().satisfies(finding -> {
            assertThat(finding.title()).isEqualTo("20 connections were opened for 20 requests");
            assertThat(finding.perRequest().nanos()).isEqualTo(5_000_000);
        });
    }

    @Test
    void aPoolIsWhatItShouldBe() {
        assertThat(found(10, 200)).isEmpty();
        assertThat(found(5, 5)).isEmpty();
    }

    private static List<Finding> found(int connections, int requests) {
        Doctor doctor = new Doctor(List.of(new RepeatedSetUpCheck()), CheckContext.DEFAULT);
        for (int i = 1; i <= connections; i++) {
            doctor.connection(new Connection(i, i, 1_000_000, 6_000_000, 0));
            doctor.connection(new Connection(i, i, 1_000_000, 6_000_000, 9_000_000));
        }
        for (int i = 0; i < requests; i++) {
            doctor.request(get("/a").run("select a from t").build());
        }
        return doctor.diagnosis().findings();
    }
}
