package dev.headroom.core.check;

import static dev.headroom.core.check.TestRequest.column;
import static dev.headroom.core.check.TestRequest.get;
import static dev.headroom.core.check.TestRequest.range;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DoctorTest {
    private static final String USER = "select id, name from users where id = $1";

    @Test
    void judgesARequestOfAMillionStatements() {
        Doctor doctor = new Doctor(Checks.all(), CheckContext.DEFAULT);
        doctor.request(get("/a")
                .run("select user_id from orders", column("orders.user_id", range(1, 1_000)))
                .each(range(1, 1_000), 0.1, USER)
                .more(999_000, USER)
                .build());
        assertThat(doctor.diagnosis().findings().get(0).perRequest().statements())
                .isEqualTo(999_999);
    }

    @Test
    void readsAndWritesOfOneTableInTurnDoNotTakeQuadraticTime() {
        TestRequest request = get("/a");
        for (int i = 0; i < 20_000; i++) {
            request.run(0.01, USER, i % 100).run(0.01, "update users set seen = $1", i);
        }
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> TestRequest.diagnose(request));
    }

    @Test
    void manyRoutesAndShapesAreBounded() {
        Doctor doctor = new Doctor(Checks.all(), CheckContext.DEFAULT);
        for (int route = 0; route < 7_000; route++) {
            doctor.request(get("/" + route).run(USER, 1).run(USER, 1).build());
        }
        List<Finding> findings = doctor.diagnosis().findings();
        assertThat(findings).hasSize(5_000);
    }

    @Test
    void mayBeAskedWhileTheRunGoesOn() {
        Doctor doctor = new Doctor(Checks.all(), CheckContext.DEFAULT);
        assertThat(doctor.diagnosis().findings()).isEmpty();
        doctor.request(get("/a").run(USER, 1).run(USER, 1).build());
        assertThat(doctor.diagnosis().findings()).hasSize(1);
        doctor.request(get("/a").run(USER, 1).run(USER, 1).build());
        assertThat(doctor.diagnosis().findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.requests()).isEqualTo(2));
    }
}
