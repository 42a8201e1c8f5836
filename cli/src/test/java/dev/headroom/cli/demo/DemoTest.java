package dev.headroom.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.core.check.CheckContext;
import dev.headroom.core.check.Evidence;
import dev.headroom.core.check.Finding;
import dev.headroom.core.report.JvmSummary;
import dev.headroom.core.report.OperationSummary;
import dev.headroom.core.report.RunReport;
import dev.headroom.core.report.RunReporter;
import dev.headroom.core.report.TextReport;
import dev.headroom.core.report.TextStyle;
import dev.headroom.core.trace.Attribution;
import dev.headroom.server.recording.RecordingReader;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The story's numbers, end to end: a real app over a real PostgreSQL, under {@code headroom run}. */
@ExtendWith(DemoRecordings.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DemoTest {
    private static final int REQUESTS = DemoRecordings.REQUESTS;

    private final Map<String, RunReport> reports = new LinkedHashMap<>();

    @BeforeAll
    void readTheRecordings(DemoRecordings.Made made) {
        made.files().forEach((stage, file) -> reports.put(stage, report(file)));
    }

    private static RunReport report(Path file) {
        RunReporter reporter = new RunReporter(CheckContext.DEFAULT);
        try (RecordingReader reader = RecordingReader.open(file)) {
            assertThat(reader.finished()).isTrue();
            reader.replay(reporter);
        }
        return reporter.report(List.of(), LocalDate.now(ZoneId.systemDefault()));
    }

    private RunReport of(String stage) {
        return Objects.requireNonNull(reports.get(stage), stage);
    }

    private OperationSummary of(String stage, String operation) {
        return of(stage).summary().operations().stream()
                .filter(route -> route.operation().equals(operation))
                .findFirst()
                .orElseThrow();
    }

    /** Findings of that check, whether they stand alone or go away with another. */
    private List<Finding> findings(String stage, String operation, String check) {
        return of(stage).findings().stream()
                .flatMap(finding -> Stream.concat(Stream.of(finding), finding.consequences().stream()))
                .filter(finding ->
                        finding.operation().equals(operation) && finding.check().equals(check))
                .toList();
    }

    @Test
    void tellsOfTheHeapOfTheJvmWithoutAnAgent() {
        JvmSummary jvm = Objects.requireNonNull(of("before").summary().jvm());
        assertThat(jvm.processes()).isPositive();
        assertThat(jvm.silent()).isZero();
        assertThat(jvm.usedBytes()).isBetween(10L << 20, 300L << 20);
        assertThat(jvm.maxBytes()).isBetween(280L << 20, 301L << 20);
        assertThat(jvm.metaspaceBytes()).isBetween(10L << 20, 200L << 20);
        assertThat(jvm.collections()).isPositive();
        assertThat(new TextReport(TextStyle.PLAIN).render(of("before")).replace('\n', ' '))
                .containsPattern("memory peak \\d+ MB .*\\(JVM heap \\d+ of \\d+ MB\\)");
    }

    @Test
    void theSingleFileIsMadeWithinTheHeapThatHeadroomRunsIn(DemoRecordings.Made made, @TempDir Path folder)
            throws Exception {
        Path html = folder.resolve("report.html");
        Path before = Objects.requireNonNull(made.files().get("before"));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.headroom.cli.Main",
                        "report",
                        "--html",
                        html.toString(),
                        before.toString())
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isZero();
        assertThat(html).content().contains("recordings/0/request/1\"").endsWith("</html>\n");
    }

    @Test
    void ordersTake176Then42Then4Statements() {
        assertThat(of("before", "GET /api/orders").statementsMedian()).isEqualTo(176);
        assertThat(of("narrow", "GET /api/orders").statementsMedian()).isEqualTo(42);
        assertThat(of("after", "GET /api/orders").statementsMedian()).isEqualTo(4);
    }

    @Test
    void officesTake511Then4Statements() {
        assertThat(of("before", "GET /api/offices").statementsMedian()).isEqualTo(511);
        assertThat(of("after", "GET /api/offices").statementsMedian()).isEqualTo(4);
    }

    @Test
    void everyRequestTakesTheSameNumber() {
        assertThat(of("before", "GET /api/orders").statementsMax()).isEqualTo(176);
        assertThat(of("before", "GET /api/offices").statementsMax()).isEqualTo(511);
        assertThat(of("before", "GET /api/orders").requests()).isEqualTo(REQUESTS);
    }

    @Test
    void everyStatementOfAPageIsTiedToItsRequest() {
        Map<Attribution, Long> seen = of("before").summary().statements();
        assertThat(seen.get(Attribution.LIKELY_ALONE)).isEqualTo(REQUESTS * (176L + 511L));
        assertThat(seen.get(Attribution.UNATTRIBUTED)).isZero();
    }

    @Test
    void theActiveAddressAskedFor20TimesIsProvenADuplicate() {
        List<Finding> duplicates = findings("before", "GET /api/orders", "duplicate-query");
        assertThat(duplicates).hasSize(1);
        Finding address = duplicates.get(0);
        assertThat(address.evidence()).isEqualTo(Evidence.PROVEN);
        assertThat(address.shapes().get(0).tables()).containsExactly("addresses");
        assertThat(address.perRequest().statements()).isEqualTo(19);
        assertThat(address.explanation()).anySatisfy(line -> assertThat(line).contains("20 times"));
    }

    @Test
    void theRepeatsThatOneQueryFeedsAreProven() {
        assertThat(findings("before", "GET /api/orders", "repeated-query"))
                .filteredOn(finding -> finding.evidence() == Evidence.PROVEN)
                .extracting(finding -> finding.shapes().get(0).tables().get(0))
                .contains("order_lines", "offices", "users");
        assertThat(findings("before", "GET /api/offices", "repeated-query")).isNotEmpty();
    }

    @Test
    void theWideColumnsThatThePageDoesNotShowAreNamed() {
        assertThat(findings("before", "GET /api/orders", "unused-data"))
                .flatExtracting(Finding::explanation)
                .anySatisfy(line -> assertThat(line).contains("companies.terms"))
                .anySatisfy(line -> assertThat(line).contains("offices.description"));
    }

    @Test
    void theLastStageHasNoProblemLeft() {
        assertThat(of("after").problems()).isEmpty();
    }
}
