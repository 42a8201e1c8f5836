package dev.headroom.server.compare;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.headroom.core.HeadroomException;
import dev.headroom.core.check.Finding;
import dev.headroom.core.report.FindingJson;
import dev.headroom.core.trace.QueryShape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A comparison as the maps that JSON is made of. */
public final class ComparisonJson {
    /** Goes up when a field changes its meaning or goes away. */
    public static final int VERSION = 1;

    private ComparisonJson() {}

    /** The comparison as indented JSON. */
    public static String render(Comparison comparison) {
        try {
            return JSON.std
                            .with(JSON.Feature.PRETTY_PRINT_OUTPUT, JSON.Feature.WRITE_NULL_PROPERTIES)
                            .asString(map(comparison))
                    + "\n";
        } catch (IOException e) {
            throw new HeadroomException("The comparison could not be written as JSON: " + e.getMessage(), e);
        }
    }

    /** The comparison. */
    public static Map<String, Object> map(Comparison comparison) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("format", "headroom-comparison");
        map.put("version", VERSION);
        map.put("differs", comparison.differs());
        map.put("peaksBefore", comparison.peaksBefore().map());
        map.put("peaksAfter", comparison.peaksAfter().map());
        List<Object> routes = new ArrayList<>();
        for (RouteComparison route : comparison.routes()) {
            Map<String, Object> each = new LinkedHashMap<>();
            each.put("operation", route.operation());
            each.put("requestsBefore", route.requestsBefore());
            each.put("requestsAfter", route.requestsAfter());
            Map<String, Object> changes = new LinkedHashMap<>();
            for (Metric metric : Metric.values()) {
                Change change = route.changes().get(metric);
                if (change != null) {
                    changes.put(metric.word(), change(change));
                }
            }
            each.put("changes", changes);
            routes.add(each);
        }
        map.put("routes", routes);
        map.put("gone", findings(comparison.gone()));
        map.put("new", findings(comparison.fresh()));
        map.put("kept", findings(comparison.kept()));
        map.put("untested", findings(comparison.untested()));
        return map;
    }

    private static Map<String, Object> shape(QueryShape shape) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", Long.toHexString(shape.id()));
        map.put("text", shape.text());
        map.put("tables", shape.tables());
        return map;
    }

    private static Map<String, Object> change(Change change) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("before", spread(change.before()));
        map.put("after", spread(change.after()));
        map.put("verdict", change.verdict().name().toLowerCase(Locale.ROOT));
        return map;
    }

    private static Map<String, Object> spread(Spread spread) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("median", spread.median());
        map.put("low", spread.low());
        map.put("high", spread.high());
        return map;
    }

    private static List<Object> findings(List<Finding> findings) {
        List<Object> list = new ArrayList<>();
        for (Finding finding : findings) {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("id", finding.id());
            map.put("check", finding.check());
            map.put("evidence", finding.evidence().word());
            map.put("operation", finding.operation());
            map.put("title", finding.title());
            map.put("requests", finding.requests());
            map.put("perRequest", FindingJson.cost(finding.perRequest()));
            map.put("total", FindingJson.cost(finding.total()));
            map.put(
                    "shapes",
                    finding.shapes().stream().map(ComparisonJson::shape).toList());
            if (finding.callSite() != null) {
                Map<String, Object> site = new LinkedHashMap<>();
                site.put("file", finding.callSite().file());
                site.put("line", finding.callSite().line());
                map.put("callSite", site);
            }
            map.put("consequences", findings(finding.consequences()));
            list.add(map);
        }
        return list;
    }
}
