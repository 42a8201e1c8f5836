package dev.headroom.server.page;

import com.sun.net.httpserver.HttpExchange;
import dev.headroom.core.HeadroomException;
import dev.headroom.core.trace.RequestTrace;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Answers the page's questions as JSON; asked for by the modules in {@code web/js}. */
final class Api {
    private static final Pattern PATH = Pattern.compile("/api/recordings(?:/(\\d{1,4})/([a-z]+)(?:/(\\d{1,18}))?)?");
    private static final int DEFAULT_BUCKETS = 120;
    private static final int DEFAULT_LIMIT = 50;

    private final OpenRecordings recordings;
    private final RecordingAnswers answers;
    private final PageSettings settings;
    private final @Nullable String planWord;
    private final KeptAnswers kept = new KeptAnswers();

    Api(OpenRecordings recordings, PageSettings settings, @Nullable String planWord) {
        this.recordings = recordings;
        this.settings = settings;
        this.planWord = planWord;
        answers = new RecordingAnswers(settings.silences());
    }

    void handle(HttpExchange exchange) throws IOException {
        String asked = exchange.getRequestURI().getPath();
        Matcher path = PATH.matcher(asked);
        if (asked.equals("/api/page")) {
            Map<String, Object> page = new LinkedHashMap<>();
            page.put("planWord", planWord);
            Answers.json(exchange, 200, page);
        } else if (!path.matches()) {
            Answers.json(exchange, 404, Map.of("error", "There is no such answer."));
        } else if (path.group(1) == null) {
            Answers.json(exchange, 200, answers.list(recordings.all()));
        } else {
            String query = String.valueOf(exchange.getRequestURI().getRawQuery());
            answer(exchange, Integer.parseInt(path.group(1)), path.group(2), path.group(3), query);
        }
    }

    private void answer(HttpExchange exchange, int number, String what, @Nullable String id, String query)
            throws IOException {
        OpenRecording recording = readable(number);
        Parameters asked = Parameters.of(query);
        if (what.equals("request")) {
            Answers.json(exchange, 200, request(recording, id));
        } else if (what.equals("findings")) {
            Answers.json(exchange, 200, answers.findings(recording, asked.range(recording.view())));
        } else if (what.equals("source")) {
            Answers.json(exchange, 200, source(recording, asked));
        } else {
            OpenRecording other = what.equals("compare") ? other(id) : recording;
            String state = recording.state()
                    + other.state()
                    + settings.silences().get()
                    + LocalDate.now(ZoneId.systemDefault());
            Answers.bytes(
                    exchange,
                    200,
                    "application/json",
                    kept.get(
                            number + what + id + query,
                            state,
                            () -> what.equals("compare")
                                    ? answers.compare(recording, other)
                                    : answer(recording, what, asked)));
        }
    }

    private Object answer(OpenRecording recording, String what, Parameters asked) {
        RunView view = recording.view();
        TimeRange range = asked.range(view);
        return switch (what) {
            case "report" -> answers.report(recording);
            case "series" -> view.ask(each -> SeriesAnswer.of(each, range, asked.number("buckets", DEFAULT_BUCKETS)));
            case "routes" -> view.ask(each -> RoutesAnswer.of(each, range));
            case "shapes" ->
                range.equals(TimeRange.ALL)
                        ? view.ask(each -> ShapesAnswer.of(each.shapes()))
                        : ShapesAnswer.of(recording.shapes(range));
            case "requests" ->
                view.ask(each -> RequestsAnswer.of(
                        each,
                        range,
                        asked.text("operation"),
                        asked.text("sort", "time"),
                        asked.number("offset", 0),
                        asked.number("limit", DEFAULT_LIMIT)));
            default -> throw new HeadroomException("The page has no answer of that name.");
        };
    }

    /** Lines around a call site: only what the recording names, and only to who sits at this machine. */
    private Object source(OpenRecording recording, Parameters asked) {
        String file = asked.text("file", "");
        int line = asked.number("line", 0);
        boolean named = recording.view().ask(view -> view.names(file, line));
        if (!named || !settings.sources() || !settings.loopback()) {
            return Map.of();
        }
        Path project = settings.project();
        return new SourceFiles(project == null ? recording.project() : project)
                .around(file, line, recording.view().startedAtMillis());
    }

    private OpenRecording other(@Nullable String number) {
        if (number == null || number.length() > 4) {
            throw new HeadroomException("Name the recording to compare with by its number.");
        }
        return readable(Integer.parseInt(number));
    }

    private OpenRecording readable(int number) {
        OpenRecording recording = recordings.get(number);
        String trouble = recording.trouble();
        if (trouble != null) {
            throw new HeadroomException(trouble);
        }
        return recording;
    }

    private static Object request(OpenRecording recording, @Nullable String id) {
        RequestTrace trace = id == null ? null : recording.request(Long.parseLong(id));
        if (trace == null) {
            throw new HeadroomException("The recording has no request " + id + ": the oldest requests are removed once"
                    + " a recording reaches its size cap.");
        }
        return RequestAnswer.of(recording.view(), trace);
    }
}
