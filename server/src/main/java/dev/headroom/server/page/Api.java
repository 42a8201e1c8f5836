package dev.headroom.server.page;

import com.sun.net.httpserver.HttpExchange;
import dev.headroom.core.HeadroomException;
import dev.headroom.core.check.Silence;
import dev.headroom.core.trace.RequestTrace;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Answers the page's questions as JSON; docs/reference/page-api.md lists them. */
final class Api {
    private static final Pattern PATH = Pattern.compile("/api/recordings(?:/(\\d{1,4})/([a-z]+)(?:/(\\d{1,18}))?)?");
    private static final int DEFAULT_BUCKETS = 120;
    private static final int DEFAULT_LIMIT = 50;

    private final OpenRecordings recordings;
    private final RecordingAnswers answers;

    Api(OpenRecordings recordings, Supplier<List<Silence>> silences) {
        this.recordings = recordings;
        answers = new RecordingAnswers(silences);
    }

    void handle(HttpExchange exchange) throws IOException {
        Matcher path = PATH.matcher(exchange.getRequestURI().getPath());
        if (!path.matches()) {
            Answers.json(exchange, 404, Map.of("error", "There is no such answer."));
            return;
        }
        Parameters parameters = Parameters.of(exchange.getRequestURI().getRawQuery());
        Answers.json(
                exchange,
                200,
                path.group(1) == null
                        ? answers.list(recordings.all())
                        : answer(Integer.parseInt(path.group(1)), path.group(2), path.group(3), parameters));
    }

    private Object answer(int number, String what, @Nullable String id, Parameters asked) {
        OpenRecording recording = recordings.get(number);
        if (recording.trouble() != null) {
            throw new HeadroomException(String.valueOf(recording.trouble()));
        }
        RunView view = recording.view();
        TimeRange range = asked.range(view);
        return switch (what) {
            case "report" -> answers.report(recording);
            case "series" -> view.ask(each -> SeriesAnswer.of(each, range, asked.number("buckets", DEFAULT_BUCKETS)));
            case "routes" -> view.ask(each -> RoutesAnswer.of(each, range));
            case "shapes" -> view.ask(ShapesAnswer::of);
            case "requests" ->
                view.ask(each -> RequestsAnswer.of(
                        each,
                        range,
                        asked.text("operation"),
                        asked.text("sort", "time"),
                        asked.number("offset", 0),
                        asked.number("limit", DEFAULT_LIMIT)));
            case "compare" -> compare(recording, id);
            case "request" -> request(recording, id);
            default -> throw new HeadroomException("The page has no answer of that name.");
        };
    }

    private Object compare(OpenRecording before, @Nullable String number) {
        if (number == null || number.length() > 4) {
            throw new HeadroomException("Name the recording to compare with by its number.");
        }
        return answers.compare(before, recordings.get(Integer.parseInt(number)));
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
