package dev.headroom.core.report;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.jr.ob.JSON;
import dev.headroom.core.HeadroomException;
import dev.headroom.core.check.Finding;
import dev.headroom.core.check.Level;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a run may not be worse than: for each operation the most statements of a request, for each problem what it costs a
 * request. Made of a report, or read from the JSON of one or from its own, which is small enough for a repository.
 *
 * @param statements the most statements that one request ran, by operation
 * @param problems statements that a problem costs a request, by the finding's id
 */
public record Baseline(Map<String, Long> statements, Map<String, Long> problems) {
    private static final String FORMAT = "headroom-baseline";
    private static final int VERSION = 1;

    /** A problem has grown when it costs this much more than before. */
    private static final double TOLERANCE = 1.1;

    public Baseline {
        statements = Map.copyOf(statements);
        problems = Map.copyOf(problems);
    }

    /** The baseline that {@code report} makes. */
    public static Baseline of(RunReport report) {
        Map<String, Long> statements = new TreeMap<>();
        for (OperationSummary operation : report.summary().operations()) {
            statements.put(operation.operation(), operation.statementsMax());
        }
        Map<String, Long> problems = new TreeMap<>();
        report.problems().forEach(finding -> add(finding, problems));
        return new Baseline(statements, problems);
    }

    /** With its consequences, which stand on their own once their cause has gone. */
    private static void add(Finding finding, Map<String, Long> problems) {
        if (finding.level() == Level.NOTE) {
            return;
        }
        problems.put(finding.id(), finding.perRequest().statements());
        finding.consequences().forEach(each -> add(each, problems));
    }

    /**
     * Reads a baseline's or a report's JSON.
     *
     * @param name what to call it in messages
     * @throws HeadroomException if it is neither
     */
    public static Baseline parse(String name, String json) {
        try {
            Map<String, Object> map = JSON.std.mapFrom(json);
            if (number(map.get("version")) > VERSION) {
                throw new HeadroomException("The baseline " + name + " was made by a newer Headroom.");
            }
            if (FORMAT.equals(map.get("format"))) {
                return new Baseline(numbers(map.get("statements")), numbers(map.get("problems")));
            }
            if ("headroom-report".equals(map.get("format"))) {
                return ofReport(map);
            }
        } catch (JacksonException e) {
            JsonLocation place = e.getLocation();
            throw new HeadroomException(
                    "The baseline " + name + " is no JSON" + (place == null ? "" : ", line " + place.getLineNr())
                            + ". Make one with: headroom report RECORDING --format baseline",
                    e);
        } catch (IOException e) {
            throw new HeadroomException("The baseline " + name + " cannot be read: " + e.getMessage(), e);
        }
        throw new HeadroomException("The baseline " + name + " is neither a recording nor a JSON report of Headroom's:"
                + " make one with headroom report FILE --json");
    }

    /** The baseline as JSON, sorted, so that differences are small. */
    public String json() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("format", FORMAT);
        map.put("version", VERSION);
        map.put("statements", new TreeMap<>(statements));
        map.put("problems", new TreeMap<>(problems));
        try {
            return JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT).asString(map) + "\n";
        } catch (IOException e) {
            throw new HeadroomException("The baseline could not be written: " + e.getMessage(), e);
        }
    }

    /** In what {@code report} is worse: more statements on a route, a new problem, or one that costs more. */
    public GateResult judge(RunReport report) {
        List<GateResult.Violation> violations = new ArrayList<>();
        if (!statements.isEmpty() && untested(report).size() == statements.size()) {
            violations.add(new GateResult.Violation(
                    "the baseline", "no route of it was requested: nothing was compared", null));
        }
        for (OperationSummary operation : report.summary().operations()) {
            Long before = statements.get(operation.operation());
            if (before != null && operation.statementsMax() > before) {
                violations.add(new GateResult.Violation(
                        operation.operation(),
                        "a request ran " + Figures.of(operation.statementsMax(), "statement", "statements")
                                + ", the baseline's " + Figures.count(before),
                        null));
            }
        }
        for (Finding finding : report.problems()) {
            Long before = problems.get(finding.id());
            if (before == null) {
                violations.add(new GateResult.Violation(
                        finding.operation(),
                        "new: " + finding.check() + " " + finding.id() + ": " + finding.title(),
                        finding));
            } else if (finding.perRequest().statements() > before * TOLERANCE) {
                violations.add(new GateResult.Violation(
                        finding.operation(),
                        "worse: " + finding.check() + " " + finding.id() + " costs "
                                + Figures.of(
                                        finding.perRequest().statements(),
                                        "avoidable statement",
                                        "avoidable statements")
                                + " a request, the baseline's "
                                + Figures.count(before),
                        finding));
            }
        }
        return new GateResult(violations);
    }

    /** Its operations of which {@code report} has no request, sorted: not known to be no worse. */
    public List<String> untested(RunReport report) {
        Set<String> requested = report.summary().operations().stream()
                .map(OperationSummary::operation)
                .collect(Collectors.toSet());
        return statements.keySet().stream()
                .filter(operation -> !requested.contains(operation))
                .sorted()
                .toList();
    }

    private static Baseline ofReport(Map<String, Object> report) {
        Map<String, Long> statements = new TreeMap<>();
        for (Map<?, ?> operation : list(report.get("operations"))) {
            statements.put(text(operation.get("operation")), number(operation.get("statementsMax")));
        }
        Map<String, Long> problems = new TreeMap<>();
        list(report.get("findings")).forEach(finding -> add(finding, problems));
        return new Baseline(statements, problems);
    }

    private static void add(Map<?, ?> finding, Map<String, Long> problems) {
        if ("problem".equals(finding.get("level")) && finding.get("perRequest") instanceof Map<?, ?> cost) {
            problems.put(text(finding.get("id")), number(cost.get("statements")));
            list(finding.get("consequences")).forEach(each -> add(each, problems));
        }
    }

    private static Map<String, Long> numbers(@Nullable Object object) {
        Map<String, Long> numbers = new TreeMap<>();
        if (object instanceof Map<?, ?> map) {
            map.forEach((name, value) -> numbers.put(text(name), number(value)));
        }
        return numbers;
    }

    private static List<Map<?, ?>> list(@Nullable Object object) {
        List<Map<?, ?>> maps = new ArrayList<>();
        if (object instanceof List<?> list) {
            for (Object element : list) {
                if (element instanceof Map<?, ?> map) {
                    maps.add(map);
                }
            }
        }
        return maps;
    }

    private static String text(@Nullable Object object) {
        return String.valueOf(object);
    }

    private static long number(@Nullable Object object) {
        return object instanceof Number number ? number.longValue() : 0;
    }
}
