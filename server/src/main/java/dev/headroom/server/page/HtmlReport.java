package dev.headroom.server.page;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.headroom.core.HeadroomException;
import dev.headroom.core.check.CheckContext;
import dev.headroom.core.check.Silence;
import dev.headroom.core.trace.RequestTrace;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The page as one file that needs no server: its modules as data URLs, its data inside. It holds the requests that
 * matter most, not all. Loads nothing from anywhere, and lets nothing that was recorded run.
 */
public final class HtmlReport {
    private static final int BUCKETS = 300;
    private static final int LISTED = 200;
    private static final int WHOLE_EACH_WAY = 40;
    private static final String BASE = "recordings/0/";
    private static final Pattern MODULE = Pattern.compile("\"\\./((?:js|vendor)/[a-z-]+\\.js)\"");
    private static final String START = "import \"headroom/app\";";

    private final Map<String, Object> data = new LinkedHashMap<>();
    private final Map<Object, Object> listed = new LinkedHashMap<>();

    private final Set<Long> whole = new LinkedHashSet<>();

    private HtmlReport() {}

    /**
     * Writes the file, one request after the other, so that no more than one of them is in memory as a whole.
     *
     * @throws HeadroomException if {@code recording} cannot be read
     * @throws UnwritableReportException if {@code file} cannot be written; what was there before stays
     */
    public static void write(Path recording, List<Silence> silences, Path file) {
        try (OpenRecording opened = OpenRecording.open(recording, CheckContext.DEFAULT)) {
            opened.follow();
            if (opened.trouble() != null) {
                throw new HeadroomException(String.valueOf(opened.trouble()));
            }
            HtmlReport report = new HtmlReport();
            report.collect(opened, new RecordingAnswers(() -> silences));
            try {
                WholeFile.write(file, out -> report.html(opened, out));
            } catch (IOException e) {
                throw new UnwritableReportException(file, e);
            }
        }
    }

    private void collect(OpenRecording recording, RecordingAnswers answers) {
        RunView view = recording.view();
        data.put("page", Map.of());
        data.put("recordings", answers.list(List.of(recording)));
        data.put(BASE + "report", answers.report(recording));
        data.put(BASE + "series", view.ask(each -> SeriesAnswer.of(each, TimeRange.ALL, BUCKETS)));
        data.put(BASE + "routes", view.ask(each -> RoutesAnswer.of(each, TimeRange.ALL)));
        data.put(BASE + "shapes", view.ask(each -> ShapesAnswer.of(each.shapes())));
        for (String sort : List.of("time", "statements", "bytes")) {
            Map<String, Object> page = view.ask(each -> RequestsAnswer.of(each, TimeRange.ALL, null, sort, 0, LISTED));
            add(page);
        }
        for (String operation : view.ask(each -> List.copyOf(each.requests().operations()))) {
            add(view.ask(each -> RequestsAnswer.of(each, TimeRange.ALL, operation, "statements", 0, 2)));
        }
        data.put(BASE + "requests", Map.of("requests", List.copyOf(listed.values())));
    }

    /** Lists the requests of {@code page}, and keeps the first of them whole. */
    private void add(Map<String, Object> page) {
        int first = 0;
        for (Object each : (List<?>) page.getOrDefault("requests", List.of())) {
            if (!(((Map<?, ?>) each).get("id") instanceof Number id)) {
                continue;
            }
            listed.put(id, each);
            if (first++ < WHOLE_EACH_WAY) {
                whole.add(id.longValue());
            }
        }
    }

    private void html(OpenRecording recording, Writer out) throws IOException {
        String template = Assets.text("index.html");
        String map = MODULE.matcher(Assets.importMap(template)).replaceAll(HtmlReport::asDataUrl);
        String style = Assets.text("vendor/uplot.css") + Assets.text("style.css");
        String policy = "default-src 'none'; script-src data: 'sha256-" + Assets.hash(map) + "' 'sha256-"
                + Assets.hash(START) + "'; style-src 'sha256-" + Assets.hash(style) + "'; img-src data:;"
                + " base-uri 'none'; form-action 'none'";
        out.write("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                + "<meta http-equiv=\"Content-Security-Policy\" content=\"" + policy + "\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                + "<meta name=\"color-scheme\" content=\"light dark\">\n<title>Headroom</title>\n"
                + "<style>" + style + "</style>\n"
                + "<script type=\"application/json\" id=\"headroom-data\">");
        json(recording, out);
        out.write("</script>\n"
                + "<script type=\"importmap\">" + map + "</script>\n"
                + "</head>\n<body>\n<noscript>This report needs JavaScript.</noscript>\n<div id=\"app\"></div>\n"
                + "<script type=\"module\">" + START + "</script>\n</body>\n</html>\n");
    }

    private static String asDataUrl(MatchResult module) {
        byte[] script = Assets.text(module.group(1)).getBytes(StandardCharsets.UTF_8);
        return Matcher.quoteReplacement(
                "\"data:text/javascript;base64," + Base64.getEncoder().encodeToString(script) + "\"");
    }

    private void json(OpenRecording recording, Writer out) throws IOException {
        String before = "{";
        for (Map.Entry<String, Object> each : data.entrySet()) {
            out.write(before + json(each.getKey()) + ":" + json(each.getValue()));
            before = ",";
        }
        for (long id : whole) {
            RequestTrace trace = recording.request(id);
            if (trace != null) {
                out.write("," + json(BASE + "request/" + id) + ":" + json(RequestAnswer.of(recording.view(), trace)));
            }
        }
        out.write("}");
    }

    /** No recorded text can end the element that the data is in. */
    private static String json(Object value) throws IOException {
        return JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES).asString(value).replace("<", "\\u003c");
    }
}
