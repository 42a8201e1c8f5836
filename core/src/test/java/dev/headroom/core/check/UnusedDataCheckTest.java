package dev.headroom.core.check;

import static dev.headroom.core.check.TestRequest.column;
import static dev.headroom.core.check.TestRequest.get;
import static dev.headroom.core.check.TestRequest.range;
import static dev.headroom.core.check.TestRequest.texts;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class UnusedDataCheckTest {
    private static final String SQL = "select name, notes from offices";

    @Test
    void reportsColumnsOfWhichNoValueWasSeen() {
        Finding finding =
                found(request(1, true), request(2, true), request(3, true)).get(0);
        assertThat(finding.evidence()).isEqualTo(Evidence.LIKELY);
        assertThat(finding.title()).isEqualTo("offices.notes is fetched and not seen in the response");
        assertThat(finding.details().get("bytesPerRequestByColumn")).asString().startsWith("{notes=");
        assertThat(finding.perRequest().bytes()).isGreaterThan(10_000);
        assertThat(finding.level()).isEqualTo(Level.PROBLEM);
    }

    @Test
    void needsThreeRequests() {
        assertThat(found(request(1, true), request(2, true))).isEmpty();
    }

    @Test
    void oneValueSeenInOneResponseIsEnoughToCallItUsed() {
        assertThat(found(request(1, true), request(2, false), request(3, true), request(4, true)))
                .isEmpty();
    }

    @Test
    void shortValuesAndFrameworksOwnTablesDoNotCount() {
        assertThat(found(small(1), small(2), small(3))).isEmpty();
    }

    @Test
    void saysThatItCannotJudgeResponsesThatWereNotRead() {
        Doctor doctor = new Doctor(List.of(new UnusedDataCheck()), CheckContext.DEFAULT);
        doctor.request(get("/a").run(SQL, column("offices.notes", notes(1))).build());
        assertThat(doctor.diagnosis().coverage().get(0).couldNot()).isEqualTo(1);
    }

    private static TestRequest request(int number, boolean hidden) {
        Object[] names = texts("office in the city of " + number, 1, 20);
        TestRequest request = get("/a")
                .run(SQL, column("offices.name", names), column("offices.notes", notes(number)))
                .shows((Object) names);
        return hidden ? request : request.shows(notes(number)[7]);
    }

    private static TestRequest small(int number) {
        return get("/a")
                .run(
                        SQL,
                        column("offices.kind", range(number * 1_000, number * 1_000 + 200)),
                        column("django_session.session_data", notes(number)))
                .shows("nothing");
    }

    private static Object[] notes(int number) {
        return texts("a long note that nobody reads ".repeat(20) + number, 1, 20);
    }

    private static List<Finding> found(TestRequest... requests) {
        return TestRequest.diagnose(List.of(new UnusedDataCheck()), CheckContext.DEFAULT, requests);
    }
}
