package dev.headroom.core.report;

import dev.headroom.core.check.Cost;
import dev.headroom.core.check.Finding;
import dev.headroom.core.check.Fix;
import dev.headroom.core.trace.CallSite;
import dev.headroom.core.trace.QueryShape;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One finding as the maps that JSON is made of. */
public final class FindingJson {
    private FindingJson() {}

    static Map<String, Object> map(Finding finding) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", finding.id());
        map.put("check", finding.check());
        map.put("evidence", finding.evidence().word());
        map.put("level", finding.level().name().toLowerCase(Locale.ROOT));
        map.put("operation", finding.operation());
        map.put("title", finding.title());
        map.put("explanation", finding.explanation());
        map.put("shapes", finding.shapes().stream().map(FindingJson::shape).toList());
        map.put("callSite", callSite(finding.callSite()));
        map.put("requests", finding.requests());
        map.put("perRequest", cost(finding.perRequest()));
        map.put("total", cost(finding.total()));
        map.put("remedy", finding.remedy().name().toLowerCase(Locale.ROOT));
        map.put("fixes", finding.fixes().stream().map(FindingJson::fix).toList());
        map.put(
                "consequences",
                finding.consequences().stream().map(FindingJson::map).toList());
        map.put("details", finding.details());
        return map;
    }

    private static Map<String, Object> shape(QueryShape shape) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", Long.toHexString(shape.id()));
        map.put("text", shape.text());
        map.put("kind", shape.kind().name().toLowerCase(Locale.ROOT));
        map.put("tables", shape.tables());
        map.put("truncated", shape.truncated());
        return map;
    }

    private static @Nullable Map<String, Object> callSite(@Nullable CallSite site) {
        if (site == null) {
            return null;
        }
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("file", site.file());
        map.put("line", site.line());
        map.put("function", site.function());
        map.put("relation", site.relation());
        map.put("field", site.field());
        return map;
    }

    /** What it costs, by figure. */
    public static Map<String, Object> cost(Cost cost) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("statements", cost.statements());
        map.put("nanos", cost.nanos());
        map.put("rows", cost.rows());
        map.put("bytes", cost.bytes());
        return map;
    }

    private static Map<String, Object> fix(Fix fix) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("framework", fix.framework().title());
        map.put("text", fix.text());
        map.put("code", fix.code());
        map.put("details", fix.details());
        return map;
    }
}
