package dev.headroom.core.report;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.headroom.core.HeadroomException;
import dev.headroom.core.check.Checks;
import dev.headroom.core.check.Evidence;
import dev.headroom.core.check.Finding;
import dev.headroom.core.check.Level;
import dev.headroom.core.trace.CallSite;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A run's findings as SARIF 2.1.0 (OASIS), within what GitHub's code scanning asks for ("SARIF support for code
 * scanning"). A finding with a line is a result there. One without is a notification of the run: GitHub refuses a whole
 * file over a result without a location, and wants a line of each. The fingerprint is of a name of our own, since
 * {@code primaryLocationLineHash} is computed from the source, and warned of where it differs.
 */
public final class SarifReport {
    private static final String SCHEMA =
            "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

    private SarifReport() {}

    /** The findings as indented JSON. */
    public static String render(RunReport report) {
        Map<Finding, String> states = new LinkedHashMap<>();
        report.findings().forEach(finding -> states.put(finding, ""));
        return render(states, report.info() == null ? "" : report.info().headroomVersion());
    }

    /**
     * The findings of two runs as indented JSON.
     *
     * @param states each finding's {@code baselineState} as SARIF names it: new, unchanged or absent
     */
    public static String compared(Map<Finding, String> states) {
        return render(states, "");
    }

    private static String render(Map<Finding, String> states, String version) {
        List<Map<String, Object>> results = new ArrayList<>();
        List<Map<String, Object>> notifications = new ArrayList<>();
        Map<String, Integer> rules = new LinkedHashMap<>();
        states.forEach((finding, state) -> {
            int rule = rules.computeIfAbsent(finding.check(), check -> rules.size());
            CallSite site = finding.callSite();
            if (site == null || site.line() == 0) {
                notifications.add(notification(finding, rule, state));
            } else {
                Map<String, Object> told = result(finding, rule, site);
                if (!state.isEmpty()) {
                    told.put("baselineState", state);
                }
                results.add(told);
            }
        });
        Map<String, Object> invocation = new LinkedHashMap<>();
        invocation.put("executionSuccessful", true);
        invocation.put("toolExecutionNotifications", notifications);
        Map<String, Object> run = new LinkedHashMap<>();
        run.put("tool", Map.of("driver", driver(version, rules.keySet())));
        run.put("invocations", List.of(invocation));
        run.put("results", results);
        Map<String, Object> log = new LinkedHashMap<>();
        log.put("$schema", SCHEMA);
        log.put("version", "2.1.0");
        log.put("runs", List.of(run));
        try {
            return JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT).asString(log) + "\n";
        } catch (IOException e) {
            throw new HeadroomException("The findings could not be written as SARIF: " + e.getMessage(), e);
        }
    }

    private static Map<String, Object> driver(String version, Set<String> rules) {
        Map<String, Object> driver = new LinkedHashMap<>();
        driver.put("name", "Headroom");
        if (!version.isEmpty()) {
            driver.put("version", version);
        }
        driver.put("rules", rules.stream().map(SarifReport::rule).toList());
        return driver;
    }

    private static Map<String, Object> rule(String check) {
        Map<String, Object> rule = new LinkedHashMap<>();
        rule.put("id", check);
        rule.put("shortDescription", Map.of("text", Checks.description(check)));
        rule.put("fullDescription", Map.of("text", Checks.description(check)));
        rule.put(
                "help",
                Map.of(
                        "text",
                        "docs/checks/" + check + ".md says how it is known, how to fix it and how to silence it."));
        return rule;
    }

    private static Map<String, Object> result(Finding finding, int rule, CallSite site) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("ruleId", finding.check());
        result.put("ruleIndex", rule);
        result.put("level", level(finding));
        result.put("message", Map.of("text", message(finding)));
        result.put("locations", List.of(location(site)));
        result.put("partialFingerprints", Map.of("headroomFinding/v1", finding.id()));
        result.put("properties", properties(finding));
        return result;
    }

    private static Map<String, Object> location(CallSite site) {
        Map<String, Object> place = new LinkedHashMap<>();
        place.put("artifactLocation", Map.of("uri", uri(site.file())));
        if (site.line() > 0) {
            place.put("region", Map.of("startLine", site.line()));
        }
        Map<String, Object> location = new LinkedHashMap<>();
        location.put("physicalLocation", place);
        if (!site.function().isEmpty()) {
            location.put("logicalLocations", List.of(Map.of("fullyQualifiedName", site.function())));
        }
        return location;
    }

    private static Map<String, Object> notification(Finding finding, int rule, String state) {
        Map<String, Object> notification = new LinkedHashMap<>();
        notification.put("associatedRule", Map.of("id", finding.check(), "index", rule));
        notification.put("level", "note");
        notification.put("message", Map.of("text", message(finding)));
        if (finding.callSite() != null) {
            notification.put("locations", List.of(location(finding.callSite())));
        }
        Map<String, Object> properties = properties(finding);
        if (!state.isEmpty()) {
            properties.put("baselineState", state);
        }
        notification.put("properties", properties);
        return notification;
    }

    private static Map<String, Object> properties(Finding finding) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("finding", finding.id());
        properties.put("evidence", finding.evidence().word());
        properties.put("operation", finding.operation());
        properties.put("statementsPerRequest", finding.perRequest().statements());
        properties.put("nanosPerRequest", finding.perRequest().nanos());
        return properties;
    }

    private static String level(Finding finding) {
        if (finding.level() == Level.NOTE || finding.evidence() == Evidence.HINT) {
            return "note";
        }
        return "warning";
    }

    static String message(Finding finding) {
        StringBuilder message =
                new StringBuilder(finding.operation()).append(": ").append(finding.title());
        for (String line : finding.explanation()) {
            message.append(". ").append(line);
        }
        if (!finding.fixes().isEmpty()) {
            message.append(". Fix, ")
                    .append(finding.fixes().get(0).framework().title())
                    .append(": ")
                    .append(finding.fixes().get(0).text());
        }
        return message.toString();
    }

    /** A relative path as a URI reference (RFC 3986), an absolute one as a file's: what is not plain is escaped. */
    private static String uri(String file) {
        try {
            return file.startsWith("/")
                    ? new URI("file", "", file, null).toASCIIString()
                    : new URI(null, null, "/" + file, null).toASCIIString().substring(1);
        } catch (URISyntaxException e) {
            return "unknown";
        }
    }
}
