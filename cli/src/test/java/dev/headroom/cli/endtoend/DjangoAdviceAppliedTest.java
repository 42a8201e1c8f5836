package dev.headroom.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Applies the advice of each finding to Django projects as a machine would: python/tests/apply_advice.py gets the
 * finding's JSON and nothing else. Then the finding is gone, the request runs as many statements less as was predicted,
 * and answers as before.
 */
class DjangoAdviceAppliedTest {
    private static final int REQUESTS = 6;
    private static final int MOST_ROUNDS = 12;

    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    @TempDir
    private Path folder;

    private final Set<String> applied = new HashSet<>();
    private final Set<String> actions = new TreeSet<>();
    private final Map<String, String> answers = new HashMap<>();

    @BeforeAll
    static void needsDjango() {
        assumeFalse(DjangoProject.PYTHON.isEmpty(), "no Python with django, rest_framework, waitress and psycopg2");
    }

    @Test
    void everyKindOfAdviceHoldsWhatItPromises() throws Exception {
        DjangoProject project = DjangoProject.clinic(folder.resolve("project"), database.server());
        project.python("import clinic.fill");
        List<String> paths = List.of(
                "/doctors/", "/patients", "/listed", "/counts", "/deferred", "/board", "/remarks", "/joined", "/eager");
        Map<String, Long> statements = applyAll(project, "/eager", paths);

        assertThat(actions)
                .contains(
                        "select_related",
                        "prefetch_related",
                        "prefetch_to_attr",
                        "annotate",
                        "load_field",
                        "defer",
                        "append_setting");
        assertThat(statements)
                .containsEntry("GET /doctors/", 2L)
                .containsEntry("GET /patients", 4L)
                .containsEntry("GET /listed", 3L)
                .containsEntry("GET /counts", 1L)
                .containsEntry("GET /deferred", 1L)
                .containsEntry("GET /board", 2L)
                .containsEntry("GET /joined", 1L)
                .containsEntry("GET /eager", 3L);
    }

    /** The story's project; each of its models has another name. */
    @Test
    void aProjectOfOtherNamesRunsFourStatementsWhereItRan176() throws Exception {
        DjangoProject project = DjangoProject.renamedOrders(folder.resolve("project"), database.server());
        project.python("""
                import django; django.setup()
                from django.core.management import call_command
                call_command("migrate", verbosity=0)
                call_command("seed", verbosity=0)
                """);
        Map<String, Long> statements = applyAll(project, "/api/health", List.of("/api/orders", "/api/branches"));

        assertThat(statements.get("GET /api/orders")).isLessThanOrEqualTo(4);
        assertThat(statements.get("GET /api/branches")).isLessThanOrEqualTo(4);
        assertThat(actions).contains("select_related", "prefetch_related", "prefetch_to_attr", "defer");
    }

    /** Applies, round by round, the dearest finding of each route, until none is left that says how. */
    private Map<String, Long> applyAll(DjangoProject project, String ready, List<String> paths) throws Exception {
        Map<String, Object> report = report(project, 0, ready, paths);
        for (int round = 1; ; round++) {
            List<Map<String, Object>> next = next(report);
            if (next.isEmpty()) {
                return statements(report);
            }
            assertThat(round).as("rounds").isLessThan(MOST_ROUNDS);
            for (Map<String, Object> finding : next) {
                project.applyAdvice(JSON.std.asString(finding));
                applied.add(id(finding));
                actions.add(detail(finding, "action"));
            }
            Map<String, Long> before = statements(report);
            report = report(project, round, ready, paths);
            for (Map<String, Object> finding : next) {
                assertThat(ids(report)).as("%s", finding).doesNotContain(id(finding));
                String operation = String.valueOf(finding.get("operation"));
                if (before.containsKey(operation)) {
                    Map<String, Long> after = statements(report);
                    long less = before.getOrDefault(operation, 0L) - after.getOrDefault(operation, 0L);
                    assertThat(less)
                            .as("%s of %s", fix(finding).get("code"), operation)
                            .isCloseTo(Long.parseLong(detail(finding, "statementsLess")), within(1L));
                }
            }
        }
    }

    /** Of each route the first finding, statements before columns, that says how to apply its advice. */
    private List<Map<String, Object>> next(Map<String, Object> report) {
        List<Map<String, Object>> findings = new ArrayList<>();
        list(report.get("findings")).forEach(each -> findings.add(map(each)));
        findings.sort(Comparator.comparing(finding -> "unused-data".equals(finding.get("check"))));
        Map<String, Map<String, Object>> first = new LinkedHashMap<>();
        Set<String> files = new HashSet<>();
        for (Map<String, Object> finding : findings) {
            boolean says = !list(finding.get("fixes")).isEmpty()
                    && !detail(finding, "action").isEmpty();
            // two changes of one line at once could not be told apart afterwards
            String line = detail(finding, "file") + ":" + detail(finding, "line");
            String operation = String.valueOf(finding.get("operation"));
            if (says && !applied.contains(id(finding)) && !first.containsKey(operation) && files.add(line)) {
                first.put(operation, finding);
            }
        }
        return List.copyOf(first.values());
    }

    private Map<String, Object> report(DjangoProject project, int round, String ready, List<String> paths)
            throws IOException {
        Path recording = folder.resolve("round" + round + ".headroom");
        try (HeadroomProcess headroom = project.run(recording)) {
            HeadroomProcess.eventually(
                    "the app answers", () -> headroom.get(ready).statusCode() == 200);
            for (int i = 0; i < REQUESTS; i++) {
                for (String path : paths) {
                    var response = headroom.get(path);
                    assertThat(response.statusCode()).as(path).isEqualTo(200);
                    // another run's port may differ, which links name
                    String answer = response.body().replaceAll("127\\.0\\.0\\.1:\\d+", "the-app");
                    assertThat(answers.computeIfAbsent(path, key -> answer))
                            .as("what %s answers after the advice was applied", path)
                            .isEqualTo(answer);
                }
            }
            // what instrumentation tells of the last requests may be lost when the app is killed right after them
            for (int i = 0; i < 10; i++) {
                headroom.get(ready);
            }
            headroom.signal("TERM");
            headroom.exitStatus();
        }
        try (HeadroomProcess json = HeadroomProcess.start(folder, Map.of(), "report", recording.toString(), "--json")) {
            assertThat(json.exitStatus()).as(json.err()).isZero();
            return JSON.std.mapFrom(json.out());
        }
    }

    private static Map<String, Long> statements(Map<String, Object> report) {
        Map<String, Long> statements = new HashMap<>();
        for (Object each : list(report.get("operations"))) {
            Map<String, Object> operation = map(each);
            statements.put(
                    String.valueOf(operation.get("operation")),
                    Long.parseLong(String.valueOf(operation.get("statementsMedian"))));
        }
        return statements;
    }

    private static List<String> ids(Map<String, Object> report) {
        return list(report.get("findings")).stream()
                .map(finding -> id(map(finding)))
                .toList();
    }

    private static String id(Map<String, Object> finding) {
        return String.valueOf(finding.get("id"));
    }

    private static Map<String, Object> fix(Map<String, Object> finding) {
        return map(list(finding.get("fixes")).get(0));
    }

    private static String detail(Map<String, Object> finding, String name) {
        Object value = list(finding.get("fixes")).isEmpty()
                ? null
                : map(fix(finding).get("details")).get(name);
        return value == null ? "" : String.valueOf(value);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(@Nullable Object value) {
        return value == null ? Map.of() : (Map<String, Object>) value;
    }

    private static List<?> list(@Nullable Object value) {
        return value == null ? List.of() : (List<?>) value;
    }
}
