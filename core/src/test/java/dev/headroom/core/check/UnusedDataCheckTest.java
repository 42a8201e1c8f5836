package dev.headroom.core.check;

import static dev.headroom.core.check.TestRequest.column;
import static dev.headroom.core.check.TestRequest.get;
import static dev.headroom.core.check.TestRequest.range;
import static dev.headroom.core.check.TestRequest.texts;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
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
    void aTextThatIsShownInPartIsUsed() {
        assertThat(found(excerpts(1), excerpts(2), excerpts(3))).isEmpty();
    }

    @Test
    void aTextInMarkupOrInCapitalsIsUsed() {
        assertThat(found(marked(1), marked(2), marked(3))).isEmpty();
    }

    @Test
    void judgesRunningTextByTheRowsThatItShows() {
        Finding finding = found(page(1), page(2), page(3)).get(0);
        assertThat(finding.title()).isEqualTo("offices.notes is fetched and not seen in the response");
        assertThat(finding.explanation().get(0)).endsWith("no value seen in 3 responses that show these rows");
    }

    @Test
    void isSilentAboutRowsThatRunningTextDoesNotShow() {
        assertThat(found(emptyPage(1), emptyPage(2), emptyPage(3))).isEmpty();
    }

    @Test
    void isSilentAboutRunningTextWhereAValueHasNoWordToLookFor() {
        assertThat(found(codes(1), codes(2), codes(3))).isEmpty();
    }

    @Test
    void oneValueAgainAndAgainIsNotEnough() {
        assertThat(found(sameRow(1), sameRow(2), sameRow(3))).isEmpty();
    }

    @Test
    void oneTextInRowsThatDifferIsEnoughWhereNoneOfItsWordsIsSeen() {
        Finding finding = found(sameText("Office"), sameText("Office"), sameText("Office"))
                .get(0);
        assertThat(finding.title()).isEqualTo("offices.directions is fetched and not seen in the response");
    }

    @Test
    void oneTextInRowsThatDifferIsNotEnoughWhereAWordOfItIsSeen() {
        String office = "Office at the building";
        assertThat(found(sameText(office), sameText(office), sameText(office))).isEmpty();
    }

    @Test
    void oneShortTextInRowsThatDifferIsNotEnough() {
        assertThat(found(sameState(1), sameState(2), sameState(3))).isEmpty();
    }

    @Test
    void oneRowThatIsJoinedAgainAndAgainIsNotEnough() {
        assertThat(found(sameJoined(1), sameJoined(2), sameJoined(3))).isEmpty();
    }

    @Test
    void answersWithoutContentTellNothing() {
        assertThat(found(
                        request(1, true).status(304),
                        request(2, true).status(304),
                        request(3, true).status(500)))
                .isEmpty();
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

    private static TestRequest excerpts(int number) {
        return queried(number).shows("Office 1: A long note that nobody reads…");
    }

    private static TestRequest marked(int number) {
        return queried(number).shows("<p>A <b>LONG</b> NOTE THAT <i>NOBODY</i> READS</p>");
    }

    private static TestRequest page(int number) {
        return queried(number).says("Our places: Central Station Office, District " + number + ", and all the others");
    }

    private static TestRequest emptyPage(int number) {
        return queried(number).says("We have 20 places.");
    }

    private static TestRequest queried(int number) {
        Object[] names = texts("central station office of district " + number, 1, 20);
        return get("/a").run(SQL, column("offices.name", names), column("offices.notes", notes(number)));
    }

    private static TestRequest codes(int number) {
        Object[] names = texts("office in the city of " + number, 1, 20);
        Object[] codes = texts("12 34 56 78 ".repeat(20) + number, 1, 20);
        for (int i = 0; i < codes.length; i++) {
            codes[i] = codes[i].toString().replace("number", "no");
        }
        return get("/a")
                .run(SQL, column("offices.name", names), column("offices.codes", codes))
                .says((Object) names);
    }

    private static TestRequest sameRow(int number) {
        TestRequest request = get("/a").shows("nothing");
        for (int i = 0; i < 20; i++) {
            request.run(SQL, column("offices.notes", notes(number)[0]));
        }
        return request;
    }

    private static final String DIRECTIONS = "Deliver between eight and noon to the building's dock. ".repeat(12);

    private static TestRequest sameText(String name) {
        return sameTexts(name, DIRECTIONS);
    }

    private static TestRequest sameState(int number) {
        return sameTexts("Office " + number, "waiting for approval ".repeat(4));
    }

    private static TestRequest sameTexts(String name, String text) {
        Object[] names = texts(name, 1, 20);
        return get("/a")
                .run(
                        SQL,
                        column("offices.name", names),
                        column(
                                "offices.directions",
                                Collections.nCopies(20, text).toArray()))
                .shows(names);
    }

    private static TestRequest sameJoined(int number) {
        Object[] orders = texts("order of the year " + number, 1, 20);
        return get("/a")
                .run(
                        SQL,
                        column("orders.name", orders),
                        column(
                                "offices.name",
                                Collections.nCopies(20, "Northern office").toArray()),
                        column(
                                "offices.directions",
                                Collections.nCopies(20, DIRECTIONS).toArray()))
                .shows(orders);
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
