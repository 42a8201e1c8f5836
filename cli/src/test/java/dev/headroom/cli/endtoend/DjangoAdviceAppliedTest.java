package dev.headroom.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.jr.ob.JSON;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Applies the advice of each finding to a Django project as a machine would: only from the finding's JSON. Then the
 * finding is gone and the request runs as many statements less as was predicted.
 */
class DjangoAdviceAppliedTest {
    private static final int REQUESTS = 5;

    private static EmbeddedPostgres database;

    @TempDir
    private Path folder;

    @BeforeAll
    static void startDatabase() throws IOException {
        assumeFalse(DjangoProject.PYTHON.isEmpty(), "no Python with django, rest_framework, waitress and psycopg2");
        database = EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
    }

    @AfterAll
    static void stopDatabase() throws IOException {
        if (database != null) {
            database.close();
        }
    }

    @Test
    void eachFindingGoesAwayAndTheCountFallsAsPredicted() throws Exception {
        DjangoProject project = DjangoProject.copyTo(folder, database);
        project.fill();
        Set<String> applied = new HashSet<>();
        Map<String, Object> report = report(project, 0);
        assertThat(statements(report)).isEqualTo(1 + 20 + 20 + 20 + 20);

        for (int round = 1; ; round++) {
            Map<String, Object> finding = next(report, applied);
            if (finding == null) {
                break;
            }
            Map<String, Object> fix = map(list(finding.get("fixes")).get(0));
            apply(project, map(fix.get("details")));
            applied.add(String.valueOf(finding.get("id")));
            long before = statements(report);
            report = report(project, round);

            assertThat(ids(report)).as("%s", fix.get("code")).doesNotContain(String.valueOf(finding.get("id")));
            long less = Long.parseLong(String.valueOf(map(fix.get("details")).get("statementsLess")));
            assertThat(before - statements(report)).as("%s", fix.get("code")).isCloseTo(less, within(1L));
        }
        // what is left is the count that a method of the user's own makes for each book
        assertThat(applied).hasSizeBetween(2, 4);
        assertThat(statements(report)).isEqualTo(1 + 1 + 20);
    }

    /** A finding that names what to do with which query set, not applied before. */
    private static @Nullable Map<String, Object> next(Map<String, Object> report, Set<String> applied) {
        for (Object each : list(report.get("findings"))) {
            Map<String, Object> finding = map(each);
            List<?> fixes = list(finding.get("fixes"));
            if (!fixes.isEmpty() && !applied.contains(String.valueOf(finding.get("id")))) {
                Map<String, Object> details = map(map(fixes.get(0)).get("details"));
                boolean counts = "BookSerializer.siblings"
                        .equals(map(finding.get("callSite")).get("field"));
                if (details.containsKey("action") && details.containsKey("file") && !counts) {
                    return finding;
                }
            }
        }
        return null;
    }

    /** Appends the call to the query set on the line that the advice names. */
    private static void apply(DjangoProject project, Map<String, Object> details) throws IOException {
        Path file = project.file(String.valueOf(details.get("file")));
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        int index = Integer.parseInt(String.valueOf(details.get("line"))) - 1;
        String arguments = "\"" + String.valueOf(details.get("paths")).replace(",", "\", \"") + "\"";
        lines.set(index, lines.get(index) + "." + details.get("action") + "(" + arguments + ")");
        Files.write(file, lines);
    }

    private Map<String, Object> report(DjangoProject project, int round) throws IOException {
        Path recording = folder.resolve("round" + round + ".headroom");
        try (HeadroomProcess headroom = project.run(recording)) {
            for (int i = 0; i < REQUESTS; i++) {
                HeadroomProcess.eventually(
                        "the app answers", () -> headroom.get("/books").statusCode() == 200);
            }
            // what instrumentation tells of the last requests may be lost when the app is killed right after them
            for (int i = 0; i < 10; i++) {
                headroom.get("/stream");
            }
            headroom.signal("TERM");
            headroom.exitStatus();
        }
        try (HeadroomProcess json = HeadroomProcess.start(folder, Map.of(), "report", recording.toString(), "--json")) {
            assertThat(json.exitStatus()).as(json.err()).isZero();
            return JSON.std.mapFrom(json.out());
        }
    }

    private static long statements(Map<String, Object> report) {
        for (Object each : list(report.get("operations"))) {
            Map<String, Object> operation = map(each);
            if ("GET /books".equals(operation.get("operation"))) {
                return Long.parseLong(String.valueOf(operation.get("statementsMedian")));
            }
        }
        throw new AssertionError("no GET /books in " + report.get("operations"));
    }

    private static List<String> ids(Map<String, Object> report) {
        return list(report.get("findings")).stream()
                .map(finding -> String.valueOf(map(finding).get("id")))
                .toList();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(@Nullable Object value) {
        return value == null ? Map.of() : (Map<String, Object>) value;
    }

    private static List<?> list(@Nullable Object value) {
        return value == null ? List.of() : (List<?>) value;
    }
}
