package dev.headroom.core.check;

import static dev.headroom.core.check.TestRequest.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.core.trace.Attribution;
import dev.headroom.core.trace.Connection;
import dev.headroom.core.trace.RequestTrace;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransactionLeftOpenCheckTest {
    private static final String SQL = "select name from users where id = $1";

    @Test
    void reportsATransactionThatNothingEnds() {
        List<Finding> findings = found(leaking(1), get("/b").waits(7_000).run(SQL, 2));
        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.operation()).isEqualTo("GET /a");
            assertThat(finding.evidence()).isEqualTo(Evidence.PROVEN);
            assertThat(finding.title()).isEqualTo("a transaction is still open when its request has ended");
        });
    }

    @Test
    void reportsATransactionThatAnotherRequestGoesOnWith() {
        assertThat(found(leaking(1), get("/b").waits(100).inTransaction(1).run(SQL, 2)))
                .extracting(Finding::operation)
                .containsExactly("GET /a");
    }

    @Test
    void isSilentAboutTransactionsThatAreEnded() {
        TestRequest ended = get("/a").begin(1).run(SQL, 1).commit();
        TestRequest rolledBack = get("/a").begin(2).run(SQL, 1).run("ROLLBACK");
        assertThat(found(ended, rolledBack, get("/b").waits(7_000).run(SQL, 2))).isEmpty();
    }

    @Test
    void isSilentAboutACommitSoonAfterTheAnswer() {
        Doctor doctor = new Doctor(List.of(new TransactionLeftOpenCheck()), CheckContext.DEFAULT);
        doctor.request(leaking(1).build());
        doctor.outside(get("/b")
                .attribution(Attribution.BACKGROUND)
                .inTransaction(1)
                .waits(200)
                .run("COMMIT")
                .build()
                .queries()
                .get(0));
        doctor.request(get("/b").waits(20_000).run(SQL, 2).build());
        assertThat(doctor.diagnosis().findings()).isEmpty();
    }

    @Test
    void isSilentAboutATransactionWhoseConnectionWasClosed() {
        assertThat(closing(-1_000)).as("before the answer").isEmpty();
        assertThat(closing(1_000)).as("soon after it").isEmpty();
        assertThat(closing(6_000))
                .as("late")
                .singleElement()
                .satisfies(finding ->
                        assertThat(finding.details().get("longestNanos")).isEqualTo(6_000_000_000L));
    }

    /** What is found where the connection is closed so long after the answer. */
    private static List<Finding> closing(long millisAfter) {
        Doctor doctor = new Doctor(List.of(new TransactionLeftOpenCheck()), CheckContext.DEFAULT);
        RequestTrace request = leaking(1).build();
        long end = request.request().workEndNanos();
        Connection closed =
                new Connection(request.queries().get(0).connectionId(), 1, 1, 2, end + millisAfter * 1_000_000);
        if (millisAfter < 0) {
            doctor.connection(closed);
            doctor.request(request);
        } else {
            doctor.request(request);
            doctor.connection(closed);
        }
        doctor.request(get("/b").waits(20_000).run(SQL, 2).build());
        return doctor.diagnosis().findings();
    }

    @Test
    void aSavepointIsNotTheEnd() {
        TestRequest request = get("/a").begin(1).run(SQL, 1).run("ROLLBACK TO SAVEPOINT a");
        assertThat(found(request, get("/b").waits(7_000).run(SQL, 2))).hasSize(1);
    }

    private static TestRequest leaking(long transaction) {
        return get("/a").begin(transaction).run(SQL, 1);
    }

    private static List<Finding> found(TestRequest... requests) {
        return TestRequest.diagnose(List.of(new TransactionLeftOpenCheck()), CheckContext.DEFAULT, requests);
    }
}
