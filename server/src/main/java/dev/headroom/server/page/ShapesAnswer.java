package dev.headroom.server.page;

import dev.headroom.core.trace.QueryShape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The statements of a run, those that took the most time first. */
final class ShapesAnswer {
    private static final int MOST = 500;

    private ShapesAnswer() {}

    static Map<String, Object> of(ShapeTotals shapes) {
        List<ShapeTotals.Total> totals = new ArrayList<>(shapes.all());
        totals.sort(Comparator.comparingLong((ShapeTotals.Total total) -> total.figure(ShapeFigures.NANOS))
                .reversed());
        List<Object> list = new ArrayList<>();
        for (ShapeTotals.Total total : totals.subList(0, Math.min(MOST, totals.size()))) {
            list.add(total(total));
        }
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("total", totals.size());
        map.put("omittedExecutions", shapes.omitted());
        map.put("shapes", list);
        return map;
    }

    private static Map<String, Object> total(ShapeTotals.Total total) {
        Map<String, Object> map = shape(total.shape);
        map.put("count", total.figure(ShapeFigures.COUNT));
        map.put("nanos", total.figure(ShapeFigures.NANOS));
        long maxNanos = total.figure(ShapeFigures.MAX_NANOS);
        map.put("maxNanos", maxNanos == 0 ? null : maxNanos);
        map.put("rows", total.figure(ShapeFigures.ROWS));
        map.put("bytes", total.figure(ShapeFigures.BYTES));
        map.put("failed", total.figure(ShapeFigures.FAILED));
        map.put("summed", total.figure(ShapeFigures.SUMMED));
        map.put("operations", total.operations.times());
        map.put("otherOperations", total.operations.others());
        map.put("callSites", total.callSites.times());
        map.put("otherCallSites", total.callSites.others());
        return map;
    }

    static Map<String, Object> shape(QueryShape shape) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", Long.toHexString(shape.id()));
        map.put("text", shape.text());
        map.put("kind", shape.kind().name().toLowerCase(Locale.ROOT));
        map.put("tables", shape.tables());
        map.put("truncated", shape.truncated());
        return map;
    }
}
