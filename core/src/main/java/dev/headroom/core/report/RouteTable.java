package dev.headroom.core.report;

import java.util.ArrayList;
import java.util.List;

/** The table of routes: one line each, or two where the route's name is long. */
final class RouteTable {
    private static final int[] WIDTHS = {9, 6, 6, 5, 7, 8, 6, 6, 6, 5};
    private static final int NUMBERS = 64;
    private static final int[] ABOVE_WIDTHS = {21, 12, 8, 18, 5};
    private static final String[] ABOVE = {"statements", "", "KB", "milliseconds", "in"};
    private static final String[] HEADS = {"requests", "med", "max", "dup", "rows", "from db", "p50", "p95", "max", "db"
    };

    private final TextStyle style;

    RouteTable(TextStyle style) {
        this.style = style;
    }

    List<String> lines(List<OperationSummary> operations, int most) {
        List<String> lines = new ArrayList<>();
        int shown = Math.min(most, operations.size());
        int longest = 5;
        for (OperationSummary operation : operations.subList(0, shown)) {
            longest = Math.max(longest, operation.operation().length());
        }
        int room = Math.min(longest, Math.max(16, style.width() - NUMBERS));
        lines.add(style.dim(TextLines.left("", room) + numbers(ABOVE, ABOVE_WIDTHS)));
        lines.add(style.dim(TextLines.left("route", room) + numbers(HEADS, WIDTHS)));
        for (OperationSummary operation : operations.subList(0, shown)) {
            lines.add(style.bold(TextLines.left(TextLines.fit(operation.operation(), room), room))
                    + numbers(cells(operation), WIDTHS));
        }
        if (shown < operations.size()) {
            lines.add(style.dim("and " + Figures.of(operations.size() - shown, "route", "routes") + " more"));
        }
        return lines;
    }

    private static String[] cells(OperationSummary operation) {
        return new String[] {
            Figures.count(operation.requests()),
            Figures.count(operation.statementsMedian()),
            Figures.count(operation.statementsMax()),
            Figures.count(Math.round(operation.duplicatesPerRequest())),
            Figures.count(operation.rowsMedian()),
            Figures.kilobytes(operation.bytesMedian()),
            Figures.millis(operation.p50Nanos()),
            Figures.millis(operation.p95Nanos()),
            Figures.millis(operation.maxNanos()),
            Figures.percent(operation.databaseShare())
        };
    }

    private static String numbers(String[] cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            line.append(TextLines.right(cells[i], widths[i]));
        }
        return line.toString();
    }
}
