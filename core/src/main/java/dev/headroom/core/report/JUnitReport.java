package dev.headroom.core.report;

import java.util.List;
import java.util.Locale;

/**
 * A gate's decision as JUnit XML (the Ant task's format, as CI servers read it): one test for each operation, failed
 * where something about it is not allowed.
 */
public final class JUnitReport {
    private JUnitReport() {}

    /** The decision as XML. */
    public static String render(RunReport report, GateResult result) {
        List<OperationSummary> operations = report.summary().operations();
        List<GateResult.Violation> elsewhere = result.violations().stream()
                .filter(violation -> operations.stream()
                        .noneMatch(operation -> operation.operation().equals(violation.operation())))
                .toList();
        long failed = elsewhere.size()
                + operations.stream()
                        .filter(operation -> !of(operation.operation(), result).isEmpty())
                        .count();
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        xml.append("<testsuite name=\"headroom\" tests=\"")
                .append(operations.size() + elsewhere.size())
                .append("\" failures=\"")
                .append(failed)
                .append("\" errors=\"0\" skipped=\"0\">\n");
        for (OperationSummary operation : operations) {
            test(operation.operation(), operation.p50Nanos(), of(operation.operation(), result), xml);
        }
        for (GateResult.Violation violation : elsewhere) {
            test(violation.operation(), 0, List.of(violation), xml);
        }
        return xml.append("</testsuite>\n").toString();
    }

    private static List<GateResult.Violation> of(String operation, GateResult result) {
        return result.violations().stream()
                .filter(violation -> violation.operation().equals(operation))
                .toList();
    }

    private static void test(String operation, long nanos, List<GateResult.Violation> violations, StringBuilder xml) {
        xml.append("  <testcase classname=\"headroom\" name=\"")
                .append(escape(operation))
                .append("\" time=\"")
                .append(String.format(Locale.ROOT, "%.3f", nanos / 1e9))
                .append("\"");
        if (violations.isEmpty()) {
            xml.append("/>\n");
            return;
        }
        StringBuilder text = new StringBuilder();
        for (GateResult.Violation violation : violations) {
            text.append(
                            violation.finding() == null
                                    ? violation.text()
                                    : violation.text() + "\n" + SarifReport.message(violation.finding()))
                    .append('\n');
        }
        xml.append(">\n    <failure message=\"")
                .append(escape(violations.get(0).text()))
                .append("\">")
                .append(escape(text.toString()))
                .append("</failure>\n  </testcase>\n");
    }

    private static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                default ->
                    escaped.append(c < 0x20 && c != '\n' && c != '\t' || c == 0xFFFE || c == 0xFFFF ? '\uFFFD' : c);
            }
        }
        return escaped.toString();
    }
}
