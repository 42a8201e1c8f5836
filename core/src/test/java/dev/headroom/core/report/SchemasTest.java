package dev.headroom.core.report;

import static dev.headroom.core.check.TestRequest.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.headroom.core.check.Budget;
import dev.headroom.core.check.Check;
import dev.headroom.core.check.CheckContext;
import dev.headroom.core.check.Checks;
import dev.headroom.core.check.Evidence;
import dev.headroom.core.check.Finding;
import dev.headroom.core.check.FullReport;
import dev.headroom.core.check.Remedy;
import dev.headroom.core.check.RepeatedQueryCheck;
import dev.headroom.core.check.Silence;
import dev.headroom.core.trace.Event;
import dev.headroom.core.trace.StatementKind;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Holds what machines read against its schemas, with reports in which every check found something. */
class SchemasTest {
    private static final RunReport FULL = FullReport.report();
    private static final RunReport EMPTY =
            new RunReporter(CheckContext.DEFAULT).report(List.of(), LocalDate.of(2026, 1, 15));

    @Test
    void theFullReportHasFindingsOfEveryCheck() {
        List<Finding> all = all(FULL);
        assertThat(all)
                .extracting(Finding::check)
                .containsAll(Checks.all().stream().map(Check::id).toList());
        assertThat(all).extracting(Finding::evidence).contains(Evidence.values());
        assertThat(all).anyMatch(finding -> finding.callSite() != null);
        assertThat(FULL.notes()).isNotEmpty();
    }

    @Test
    void theJsonIsWhatItsPublishedSchemaSays() {
        assertThat(Schemas.ours("report", JsonReport.render(FULL))).isEmpty();
        assertThat(Schemas.ours("report", JsonReport.render(EMPTY))).isEmpty();
        RunReport silenced =
                FullReport.report(List.of(new Silence(RepeatedQueryCheck.ID, null, null, null, null, "known", null)));
        assertThat(silenced.silenced()).isNotEmpty();
        assertThat(Schemas.ours("report", JsonReport.render(silenced))).isEmpty();
    }

    @Test
    void aJobsJsonIsWhatTheSchemaSaysToo() {
        RunReporter reporter = new RunReporter(CheckContext.DEFAULT);
        get("/none")
                .begin(1)
                .run("insert into t (a) values ($1)", 1)
                .commit()
                .run("select 1")
                .build()
                .queries()
                .forEach(reporter::outside);
        RunReport job = reporter.report(List.of(), LocalDate.of(2026, 1, 15));
        assertThat(Objects.requireNonNull(job.summary().job()).groups()).isNotEmpty();
        assertThat(Schemas.ours("report", JsonReport.render(job))).isEmpty();
    }

    @Test
    void theSchemaKnowsNoLessAndNoMoreThanTheWriter() throws IOException {
        Map<String, Object> defs = map(schema().get("$defs"));
        assertThat(enumOf(defs, "check"))
                .containsExactlyInAnyOrderElementsOf(
                        Checks.all().stream().map(Check::id).toList());
        assertThat(enumOf(defs, "evidence")).containsExactlyInAnyOrder(words(Evidence.values()));
        Map<String, Object> finding = map(map(defs.get("finding")).get("properties"));
        assertThat(enumOf(finding, "remedy")).containsExactlyInAnyOrder(words(Remedy.values()));
        Map<String, Object> shape = map(map(defs.get("shape")).get("properties"));
        assertThat(enumOf(shape, "kind")).containsExactlyInAnyOrder(words(StatementKind.values()));
        Map<String, Object> events = map(map(schema().get("properties")).get("events"));
        assertThat(enumOf(map(map(events.get("items")).get("properties")), "kind"))
                .containsExactlyInAnyOrder(words(Event.Kind.values()));
        assertThat(map(schema().get("properties")).get("version")).isEqualTo(Map.of("const", JsonReport.VERSION));
        // details are put in by name, here and there: the sources tell which names there are
        Set<String> details = named("\\bdetails?(?:\\.put)?\\(\\s*\"(\\w+)\"");
        Set<String> fixDetails = named("\\bwith\\(\\s*\"(\\w+)\"");
        for (Finding each : all(FULL)) {
            details.addAll(each.details().keySet());
            each.fixes().forEach(fix -> fixDetails.addAll(fix.details().keySet()));
        }
        assertThat(properties(defs, "details")).isEqualTo(details);
        assertThat(properties(defs, "fixDetails")).isEqualTo(fixDetails);
    }

    @Test
    void noObjectOfTheSchemasIsOpenButThoseOfNames() throws IOException {
        for (String name : List.of("report", "comparison", "baseline")) {
            Map<String, Object> schema =
                    JSON.std.mapFrom(Files.readString(Path.of("..", "docs", "reference", name + ".schema.json")));
            assertThat(open(schema, name)).isEmpty();
        }
    }

    @Test
    void theBaselineIsWhatItsSchemaSays() {
        assertThat(Schemas.ours("baseline", Baseline.of(FULL).json())).isEmpty();
        assertThat(Schemas.ours("baseline", Baseline.of(EMPTY).json())).isEmpty();
    }

    @Test
    void aSchemaTellsWhatIsWrong() {
        assertThat(Schemas.ours("report", JsonReport.render(FULL).replace("\"evidence\"", "\"evidenz\"")))
                .isNotEmpty();
        assertThat(Schemas.sarif(SarifReport.render(FULL).replace("\"note\"", "\"remark\"")))
                .isNotEmpty();
    }

    @Test
    void sarifIsWhatOasisSays() {
        assertThat(Schemas.sarif(SarifReport.render(FULL))).isEmpty();
        assertThat(Schemas.sarif(SarifReport.render(EMPTY))).isEmpty();
    }

    /** "SARIF support for code scanning" in GitHub's documentation. */
    @Test
    void sarifHasWhatCodeScanningAsksOfEachResult() throws IOException {
        Map<String, Object> run =
                map(list(JSON.std.mapFrom(SarifReport.render(FULL)), "runs").get(0));
        List<?> rules = list(map(map(run.get("tool")).get("driver")), "rules");
        assertThat(rules)
                .allSatisfy(rule ->
                        assertThat(map(rule)).containsKeys("id", "shortDescription", "fullDescription", "help"));
        Set<String> fingerprints = new TreeSet<>();
        List<?> results = list(run, "results");
        assertThat(results).isNotEmpty().allSatisfy(each -> {
            Map<String, Object> result = map(each);
            assertThat(result).containsKeys("level", "ruleId");
            assertThat(map(rules.get((Integer) Objects.requireNonNull(result.get("ruleIndex")))))
                    .containsEntry("id", Objects.requireNonNull(result.get("ruleId")));
            assertThat(String.valueOf(map(result.get("message")).get("text"))).isNotBlank();
            assertThat(fingerprints.add(String.valueOf(result.get("partialFingerprints"))))
                    .isTrue();
            Map<String, Object> place =
                    map(map(list(result, "locations").get(0)).get("physicalLocation"));
            assertThat(String.valueOf(map(place.get("artifactLocation")).get("uri")))
                    .matches("(?!/)[^ ]+|file:///[^ ]+");
            assertThat((Integer) map(place.get("region")).get("startLine")).isPositive();
        });
        List<?> notes = list(map(list(run, "invocations").get(0)), "toolExecutionNotifications");
        assertThat(results.size() + notes.size()).isEqualTo(FULL.findings().size());
        assertThat(notes).allSatisfy(note -> assertThat(map(note)).containsEntry("level", "note"));
        assertThat(String.valueOf(results))
                .contains("uri=shop/serializers.py")
                .contains("uri=file:///srv/app/elsewhere.py")
                .doesNotContain("unknown_line.py");
        assertThat(String.valueOf(notes)).contains("uri=shop/unknown_line.py");
    }

    @Test
    void junitXmlIsWhatSurefireWrites() throws Exception {
        GateResult failed = new Gate(List.of(new Budget("/nowhere", 1)), Evidence.HINT, Set.of()).judge(FULL);
        assertThat(failed.passed()).isFalse();
        for (String xml : List.of(
                JUnitReport.render(FULL, failed),
                JUnitReport.render(FULL, new GateResult(List.of())),
                JUnitReport.render(EMPTY, new GateResult(List.of())))) {
            var schema = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                    .newSchema(Objects.requireNonNull(getClass().getResource("surefire-test-report.xsd")));
            assertThatCode(() -> schema.newValidator().validate(new StreamSource(new StringReader(xml))))
                    .doesNotThrowAnyException();
        }
    }

    private static List<Finding> all(RunReport report) {
        List<Finding> all = new ArrayList<>();
        report.findings().forEach(finding -> addAll(finding, all));
        return all;
    }

    private static void addAll(Finding finding, List<Finding> all) {
        all.add(finding);
        finding.consequences().forEach(each -> addAll(each, all));
    }

    private static List<String> open(Object value, String at) {
        List<String> open = new ArrayList<>();
        if (value instanceof Map<?, ?> map) {
            if (map.containsKey("properties") && !Boolean.FALSE.equals(map.get("additionalProperties"))) {
                open.add(at);
            }
            map.forEach((name, each) -> open.addAll(open(each, at + "/" + name)));
        } else if (value instanceof List<?> list) {
            list.forEach(each -> open.addAll(open(each, at)));
        }
        return open;
    }

    private static Set<String> named(String pattern) throws IOException {
        Set<String> names = new TreeSet<>();
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java/dev/headroom/core/check"))) {
            for (Path source : sources.filter(Files::isRegularFile).toList()) {
                Matcher matcher = Pattern.compile(pattern).matcher(Files.readString(source));
                while (matcher.find()) {
                    names.add(matcher.group(1));
                }
            }
        }
        return names;
    }

    private static List<?> list(Map<String, Object> map, String name) {
        return (List<?>) Objects.requireNonNull(map.get(name));
    }

    private static String[] words(Enum<?>[] values) {
        return Arrays.stream(values)
                .map(value -> value.name().toLowerCase(Locale.ROOT))
                .toArray(String[]::new);
    }

    private static Set<String> properties(Map<String, Object> defs, String name) {
        return new TreeSet<>(map(map(defs.get(name)).get("properties")).keySet());
    }

    private static List<String> enumOf(Map<String, Object> defs, String name) {
        return map(defs.get(name)).get("enum") instanceof List<?> words
                ? words.stream().map(String::valueOf).toList()
                : List.of();
    }

    private static Map<String, Object> schema() throws IOException {
        return JSON.std.mapFrom(Files.readString(Path.of("..", "docs", "reference", "report.schema.json")));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(@Nullable Object value) {
        return (Map<String, Object>) Objects.requireNonNull(value);
    }
}
