package dev.headroom.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.core.check.Finding;
import dev.headroom.core.check.Verdict;
import dev.headroom.core.check.VerdictFile;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScenariosOverTheWireTest {
    private static final VerdictFile VERDICTS = new VerdictFile("wire");

    private static WireStand stand;

    static List<WireScenario> scenarios() {
        return Stream.of(
                        LoopScenarios.all(),
                        QuietScenarios.all(),
                        RepetitionScenarios.all(),
                        WriteScenarios.all(),
                        DataScenarios.all())
                .flatMap(List::stream)
                .toList();
    }

    @BeforeAll
    static void open() throws IOException, SQLException {
        stand = new WireStand();
    }

    @AfterAll
    static void close() throws IOException, SQLException {
        stand.close();
        VERDICTS.write();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void saysWhatItMust(WireScenario scenario) {
        Traces.Taken taken = stand.run(scenario);
        List<Finding> findings = WireStand.diagnose(taken);
        List<Verdict> verdicts = scenario.judge(findings);
        VERDICTS.add(scenario.expectation(), verdicts);

        assertThat(findings.toString()).as("values are never told").doesNotContain("a secret");
        assertThat(taken.outside())
                .as("statements that found no request")
                .allSatisfy(query -> assertThat(query.shape().control()).isTrue());
        assertThat(verdicts)
                .as(scenario.toString())
                .allSatisfy(verdict -> assertThat(verdict.kind()).isEqualTo(Verdict.Kind.RIGHT));
    }

    @Test
    void eachScenarioHasANameOfItsOwn() {
        assertThat(scenarios()).extracting(WireScenario::toString).doesNotHaveDuplicates();
    }
}
