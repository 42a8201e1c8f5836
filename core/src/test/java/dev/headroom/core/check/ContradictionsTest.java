package dev.headroom.core.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ContradictionsTest {
    static List<Scenario> scenarios() {
        return ScenariosTest.scenarios();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void noReportAdvisesTwoOppositeThings(Scenario scenario) {
        List<Finding> report = scenario.diagnose();

        assertThat(Contradictions.of(report)).as(scenario.toString()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void norDoesItInAnyFrameworksWords(Scenario scenario) {
        Advice advice = new FrameworkAdvice();
        for (Framework framework : Framework.values()) {
            List<Finding> report = scenario.diagnose().stream()
                    .map(finding -> finding.withFixes(advice.fixes(finding, framework)))
                    .toList();

            assertThat(Contradictions.of(report))
                    .as(scenario + ", " + framework)
                    .isEmpty();
        }
    }

    @Test
    void twoRemediesForOneStatementAreNoticed() {
        Finding finding = anyOf(RepeatedQueryCheck.ID);

        assertThat(Contradictions.of(List.of(finding, with(finding, Remedy.ASK_ONCE))))
                .containsExactly(finding.remedy() + " and ASK_ONCE for one statement of " + finding.operation());
    }

    @Test
    void aLongerAndAShorterTransactionAreNoticed() {
        Finding finding = anyOf(RepeatedQueryCheck.ID);

        assertThat(Contradictions.of(
                        List.of(with(finding, Remedy.SHORTEN_TRANSACTION), with(finding, Remedy.ONE_TRANSACTION))))
                .containsExactly("longer and shorter transactions in " + finding.operation());
    }

    @Test
    void twoJoinedCollectionsAreNoticed() {
        Finding finding = anyOf(RepeatedQueryCheck.ID);
        Fix fix = new Fix(
                Remedy.LOAD_MANY_TOGETHER, Framework.JPA, "Join.", "join fetch o.lines\njoin fetch o.notes", Map.of());

        assertThat(Contradictions.of(List.of(finding.withFixes(List.of(fix))))).hasSize(1);
    }

    private static Finding anyOf(String check) {
        return scenarios().stream()
                .flatMap(scenario -> scenario.diagnose().stream())
                .filter(finding -> finding.check().equals(check))
                .findFirst()
                .orElseThrow();
    }

    private static Finding with(Finding finding, Remedy remedy) {
        return new Finding(
                finding.id(),
                finding.check(),
                finding.evidence(),
                finding.level(),
                finding.operation(),
                finding.shapes(),
                finding.callSite(),
                finding.title(),
                finding.explanation(),
                finding.requests(),
                finding.perRequest(),
                finding.total(),
                remedy,
                List.of(),
                List.of(),
                finding.details());
    }
}
