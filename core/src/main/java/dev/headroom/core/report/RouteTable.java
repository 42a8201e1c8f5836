package dev.headroom.core.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The table of routes: one line each, or two where the route's name is long. */
final class RouteTable {
    /** Columns as wide as they are without large figures. */
    private static final int[] WIDTHS = {9, 6, 6, 5, 7, 8, 6, 6, 6, 5};

    /** The columns that each heading above stands over, from and to. */
    private static final int[][] ABOVE_COLUMNS = {{0, 3}, {3, 5}, {5, 6}, {6, 9}, {9, 10}};

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
        List<String[]> rows =
                operations.subList(0, shown).stream().map(RouteTable::cells).toList();
        int[] widths = widths(rows);
        int room = Math.min(
                longest, Math.max(16, style.width() - IntStream.of(widths).sum()));
        lines.add(style.dim(TextLines.left("", room) + numbers(ABOVE, widthsAbove(widths))));
        lines.add(style.dim(TextLines.left("route", room) + numbers(HEADS, widths)));
        for (int row = 0; row < shown; row++) {
            String route = TextLines.fit(operations.get(row).operation(), room);
            lines.add(style.bold(TextLines.left(route, room)) + numbers(rows.get(row), widths));
        }
        if (shown < operations.size()) {
            lines.add(style.dim("and " + Figures.of(operations.size() - shown, "route", "routes") + " more"));
        }
        return lines;
    }

    private static int[] widths(List<String[]> rows) {
        int[] widths = WIDTHS.clone();
        for (String[] cells : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], cells[i].length() + 1);
            }
        }
        return widths;
    }

    private static int[] widthsAbove(int[] widths) {
        int[] above = new int[ABOVE_COLUMNS.length];
        for (int i = 0; i < above.length; i++) {
            above[i] = IntStream.range(ABOVE_COLUMNS[i][0], ABOVE_COLUMNS[i][1])
                    .map(column -> widths[column])
                    .sum();
        }
        return above;
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
