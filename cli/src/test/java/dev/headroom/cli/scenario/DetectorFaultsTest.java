package dev.headroom.cli.scenario;

import static dev.headroom.cli.scenario.WireScenario.each;
import static dev.headroom.cli.scenario.WireScenario.scenario;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.core.check.CheckContext;
import dev.headroom.core.check.Checks;
import dev.headroom.core.check.Diagnosis;
import dev.headroom.core.check.Doctor;
import dev.headroom.core.check.Evidence;
import dev.headroom.core.check.Finding;
import dev.headroom.core.check.Level;
import dev.headroom.core.trace.Attribution;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What other detectors got wrong, by their issue trackers: each over the wire. */
class DetectorFaultsTest {
    private static final String USER = "select id, name from users where id = ?";
    private static final String ORDERS = "select id, user_id from orders order by id limit 20";
    private static final String REPEATED = "repeated-query";

    private static WireStand stand;

    @BeforeAll
    static void open() throws IOException, SQLException {
        stand = new WireStand();
    }

    @AfterAll
    static void close() throws IOException, SQLException {
        stand.close();
    }

    private static List<Finding> findings(WireScenario.Work work, int times) {
        return WireStand.diagnose(stand.run(scenario("", work).times(times))).stream()
                .filter(finding -> !WireScenario.TIMED.contains(finding.check()))
                .toList();
    }

    private static List<Finding> findings(WireScenario.Work work) {
        return findings(work, 1);
    }

    @Test
    void oneBatchedSelectIsOneStatementHoweverManyItLoads() {
        assertThat(findings(
                        db -> db.ask("select id, name from users where id in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)")))
                .isEmpty();
    }

    @Test
    void onePlusOneIsNotNPlusOneHoweverManyRequestsDoIt() {
        assertThat(findings(each("select user_id from orders order by id limit 1", USER), 12))
                .isEmpty();
    }

    @Test
    void sqlAloneNamesNoAssociation() {
        assertThat(findings(each(ORDERS, USER))).singleElement().satisfies(finding -> {
            assertThat(finding.callSite()).isNull();
            assertThat(finding.fixes())
                    .isNotEmpty()
                    .allSatisfy(fix -> assertThat(fix.details()).doesNotContainKey("relation"));
        });
    }

    @Test
    void tablesAreNotMergedNorIsOneIssueSplitByLiteralsOffsetsOrListLengths() {
        assertThat(findings(db -> {
                    for (int i = 1; i <= 12; i++) {
                        db.run("select name from users where office_id in (" + list(i) + ") limit " + i + " offset "
                                + i);
                    }
                    for (int i = 1; i <= 4; i++) {
                        db.ask(USER, i);
                        db.ask("select id, name from roles where id = ?", i);
                    }
                }))
                .filteredOn(finding -> finding.check().equals(REPEATED))
                .hasSizeLessThanOrEqualTo(1)
                .allSatisfy(
                        finding -> assertThat(finding.shapes().get(0).tables()).containsExactly("users"));
    }

    private static String list(int length) {
        return String.join(
                ", ", IntStream.rangeClosed(1, length).mapToObj(i -> "" + i).toList());
    }

    @Test
    void oneStatementForTwoRelationsIsNotProvenToBeOneOfThem() {
        assertThat(findings(db -> {
                    for (List<Object> order : db.ask("select author_id, updater_id from orders order by id limit 20")) {
                        db.ask(USER, order.get(0));
                        db.ask(USER, order.get(1));
                    }
                }))
                .filteredOn(finding -> finding.check().equals(REPEATED))
                .isNotEmpty()
                .allSatisfy(finding -> assertThat(finding.evidence()).isNotEqualTo(Evidence.PROVEN));
    }

    @Test
    void anEagerLoadWithoutRowsIsNotUnused() {
        assertThat(findings(
                        db -> db.ask("select o.name, n.text from offices o left join notes n on n.id = -o.id limit 40")
                                .forEach(row -> db.show(row.subList(0, 1))),
                        4))
                .isEmpty();
    }

    @Test
    void anEagerLoadThatFiltersIsNotUnused() {
        assertThat(findings(
                        db -> db.show(db.column(
                                "select o.id, o.name from offices o join companies c"
                                        + " on c.id = o.company_id where c.terms like ? limit 40",
                                "terms%")),
                        4))
                .isEmpty();
    }

    @Test
    void noStatementIsToldToBeJoinedHereAndSplitThere() {
        List<Finding> loop = findings(each(
                "select id from users order by id limit 20", "select id, street from addresses where user_id = ?"));
        List<Finding> fixed = findings(db -> db.ask("select u.id, a.id, a.street from users u join addresses a"
                + " on a.user_id = u.id where u.id <= 20 order by u.id"));
        assertThat(loop).isNotEmpty();
        assertThat(fixed).as("what the advice leads to").isEmpty();
    }

    @Test
    void repeatsNeedNotBeNeighbours() {
        assertThat(findings(db -> {
                    int i = 0;
                    for (Object user : db.column(ORDERS)) {
                        db.ask(USER, user);
                        db.ask("select " + i++ + " as a" + i % 7 + " from roles where id = ?", 1);
                    }
                }))
                .anySatisfy(finding -> {
                    assertThat(finding.check()).isEqualTo(REPEATED);
                    assertThat(finding.evidence()).isEqualTo(Evidence.PROVEN);
                    assertThat(finding.details()).containsEntry("timesPerRequest", 20L);
                });
    }

    @Test
    void aRequestThatFindsItsDataInACacheHidesNoOther() {
        assertThat(findings(
                        db -> {
                            if (db.request() % 2 == 0) {
                                each(ORDERS, USER).answer(db);
                            }
                        },
                        6))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.requests()).isEqualTo(3);
                    assertThat(finding.details()).containsEntry("timesPerRequest", 20L);
                });
    }

    @Test
    void listsAreNeverToldToBeFetchedByAJoinNotEvenUnderPaging() {
        assertThat(findings(each(
                        "select id from users order by id limit 20 offset 0",
                        "select id, street from addresses where user_id = ?")))
                .singleElement()
                .satisfies(finding -> assertThat(finding.fixes())
                        .isNotEmpty()
                        .extracting(fix -> String.valueOf(fix.code()).toLowerCase(Locale.ROOT))
                        .allSatisfy(code -> assertThat(code)
                                .doesNotContain("join fetch")
                                .doesNotContain("select_related(")
                                .doesNotContain("joinedload(")));
    }

    @Test
    void aProblemIsAmongTheFirstThingsSaidAndNotBelowAnother() {
        assertThat(findings(db -> {
                    each(ORDERS, USER).answer(db);
                    for (int i = 0; i < 6; i++) {
                        db.write("insert into audit (what) values (?)", "x" + i);
                    }
                }))
                .first()
                .satisfies(finding -> {
                    assertThat(finding.check()).isEqualTo(REPEATED);
                    assertThat(finding.level()).isEqualTo(Level.PROBLEM);
                });
    }

    @Test
    void missingInputDoesNotLookClean() {
        Traces.Taken taken = stand.run(scenario("", db -> {
            String columns = String.join(
                    ", ",
                    IntStream.range(0, 800)
                            .mapToObj(i -> "name as a_name_that_is_long_" + i)
                            .toList());
            for (int i = 1; i <= 12; i++) {
                db.ask("select " + columns + " from users where id = ?", i);
            }
        }));
        Doctor doctor = new Doctor(Checks.all(), CheckContext.DEFAULT);
        taken.tell(doctor);
        Diagnosis diagnosis = doctor.diagnosis();
        assertThat(diagnosis.coverage())
                .filteredOn(coverage -> coverage.check().equals(REPEATED))
                .singleElement()
                .satisfies(coverage -> assertThat(coverage.couldNot()).isPositive());
    }

    @Test
    void whatCodeReadsIsNotTakenForWhatTheResponseShows() {
        assertThat(findings(
                        db -> {
                            int length = 0;
                            for (List<Object> office : db.ask("select name, notes from offices order by id limit 60")) {
                                length += office.get(1).toString().length();
                                db.show(office.subList(0, 1));
                            }
                            assertThat(length).isPositive();
                        },
                        4))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.evidence()).isEqualTo(Evidence.LIKELY);
                    assertThat(finding.title()).contains("not seen in the response");
                });
    }

    @Test
    void aSlowLoopIsMissedByNoWindowAndManyUsersAreNotAddedUp() {
        assertThat(findings(db -> {
                    for (Object user : db.column("select user_id from orders order by id limit 12")) {
                        db.ask(USER, user);
                        Thread.sleep(100);
                    }
                }))
                .extracting(Finding::check)
                .containsExactly(REPEATED);
        assertThat(findings(db -> db.ask(USER, db.request()), 40)).isEmpty();
    }

    @Test
    void aScanOfASmallTableIsNothing() {
        assertThat(findings(db -> db.ask("select name from roles where name like ?", "%7"), 4))
                .isEmpty();
    }

    @Test
    void allOfThisWasJudgedOnStatementsThatFoundTheirRequest() {
        assertThat(stand.run(scenario("", each(ORDERS, USER))).requests())
                .singleElement()
                .satisfies(trace -> assertThat(trace.queries())
                        .extracting(query -> query.attribution())
                        .containsOnly(Attribution.LIKELY_ALONE));
    }
}
