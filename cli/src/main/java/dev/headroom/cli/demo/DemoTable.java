package dev.headroom.cli.demo;

import dev.headroom.core.report.MemorySummary;
import dev.headroom.core.report.OperationSummary;
import dev.headroom.core.report.RunReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The stages side by side: a block a route, a row a figure, a column a stage. */
final class DemoTable {
    private record Figure(String name, Function<OperationSummary, String> of) {}

    private static final List<Figure> FIGURES = List.of(
            new Figure("statements a request", route -> count(route.statementsMedian())),
            new Figure("of them duplicates", route -> count(Math.round(route.duplicatesPerRequest()))),
            new Figure("rows", route -> count(route.rowsMedian())),
            new Figure("KB from the database", route -> count(Math.round(route.bytesMedian() / 1e3))),
            new Figure("median time, ms", route -> String.format(Locale.ROOT, "%.1f", route.p50Nanos() / 1e6)));

    private static final String ONLY = "*";

    private DemoTable() {}

    /** The lines of the table; {@code reports} by stage, in order. */
    static List<String> lines(Map<String, RunReport> reports) {
        List<String> lines = new ArrayList<>();
        for (String path : DemoRun.PATHS) {
            String operation = "GET " + path;
            lines.add(row(operation, List.copyOf(reports.keySet())));
            for (Figure figure : FIGURES) {
                lines.add(row(
                        "  " + figure.name(),
                        reports.values().stream()
                                .map(report -> of(report, operation, figure))
                                .toList()));
            }
            lines.add("");
        }
        List<String> peaks = reports.values().stream()
                .map(report -> peak(report.summary().memory()))
                .toList();
        lines.add(row("app's memory peak, MB", peaks));
        if (peaks.stream().anyMatch(each -> each.endsWith(ONLY))) {
            lines.add("  " + ONLY + " in its only sample, which is no peak");
        }
        return lines;
    }

    private static String row(String name, List<String> cells) {
        List<Object> all = new ArrayList<>(cells);
        all.add(0, name);
        return String.format(Locale.ROOT, "  %-26s%12s%12s%12s", all.toArray());
    }

    private static String of(RunReport report, String operation, Figure figure) {
        return report.summary().operations().stream()
                .filter(route -> route.operation().equals(operation))
                .findFirst()
                .map(figure.of())
                .orElse("-");
    }

    private static String peak(@Nullable MemorySummary memory) {
        if (memory == null) {
            return "-";
        }
        long bytes = memory.proportionalBytes() > 0 ? memory.proportionalBytes() : memory.residentBytes();
        return bytes <= 0 ? "-" : count(Math.round(bytes / 1e6)) + (memory.samples() < 2 ? ONLY : "");
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
