package dev.headroom.core.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScenariosTest {
    private static final VerdictFile VERDICTS = new VerdictFile("trace");

    static List<Scenario> scenarios() {
        return Stream.of(
                        Scenarios.all(),
                        ScenariosOfLoops.all(),
                        ScenariosOfIdentity.all(),
                        ScenariosOfWrites.all(),
                        ScenariosOfData.all())
                .flatMap(List::stream)
                .toList();
    }

    @AfterAll
    static void writeVerdicts() throws IOException {
        VERDICTS.write();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void saysWhatItMust(Scenario scenario) {
        List<Verdict> verdicts = Verdict.of(scenario.expectation(), scenario.diagnose());
        VERDICTS.add(scenario.expectation(), verdicts);
        assertThat(verdicts)
                .as(scenario.toString())
                .allSatisfy(verdict -> assertThat(verdict.kind()).isEqualTo(Verdict.Kind.RIGHT));
    }

    @Test
    void eachScenarioHasANameOfItsOwn() {
        assertThat(scenarios()).extracting(Scenario::toString).doesNotHaveDuplicates();
    }
}
