package dev.headroom.core.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScenariosTest {
    static List<Scenario> scenarios() {
        return Scenarios.all();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void saysWhatItMust(Scenario scenario) {
        List<Finding> findings = scenario.diagnose();
        if (scenario.check() == null) {
            assertThat(problems(findings)).isEmpty();
        } else {
            assertThat(findings).anySatisfy(finding -> {
                assertThat(finding.check()).isEqualTo(scenario.check());
                assertThat(finding.level()).isEqualTo(scenario.level());
            });
            assertThat(problems(findings))
                    .allSatisfy(finding -> assertThat(finding.check()).isEqualTo(scenario.check()));
        }
    }

    @Test
    void precisionAndRecallOverAllScenariosAreWrittenDown() throws IOException {
        int found = 0;
        int missed = 0;
        int wrong = 0;
        int silent = 0;
        for (Scenario scenario : Scenarios.all()) {
            List<Finding> problems = problems(scenario.diagnose());
            boolean wanted = scenario.check() != null && scenario.level() == Level.PROBLEM;
            boolean hit = problems.stream().anyMatch(finding -> finding.check().equals(scenario.check()));
            found += wanted && hit ? 1 : 0;
            missed += wanted && !hit ? 1 : 0;
            wrong += problems.stream()
                            .anyMatch(finding -> !wanted || !finding.check().equals(scenario.check()))
                    ? 1
                    : 0;
            silent += !wanted && problems.isEmpty() ? 1 : 0;
        }
        String table =
                "scenarios " + Scenarios.all().size() + "\nmust be reported: found " + found + ", missed " + missed
                        + "\nmust not be called a problem: silent " + silent + ", wrongly reported " + wrong
                        + String.format(
                                Locale.ROOT,
                                "%nprecision %.3f, recall %.3f%n",
                                (double) found / (found + wrong),
                                (double) found / (found + missed));
        Files.createDirectories(Path.of("target"));
        Files.writeString(Path.of("target", "scenarios.txt"), table);
        assertThat(missed + wrong).as(table).isZero();
    }

    private static List<Finding> problems(List<Finding> findings) {
        return findings.stream()
                .filter(finding -> finding.level() == Level.PROBLEM)
                .toList();
    }
}
