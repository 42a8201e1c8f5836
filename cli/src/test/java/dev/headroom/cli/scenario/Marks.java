package dev.headroom.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.core.digest.ValueDigester;
import dev.headroom.core.trace.Attribution;
import dev.headroom.core.trace.Query;
import dev.headroom.core.trace.RequestTrace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tells by a value that only one request's statements are bound with whether each found its own request. */
final class Marks {
    /** A statement that carries a mark. */
    static final String MARKED = "select id from users where name = ?";

    /** The same for work that is no request's. */
    static final String JOB = "select id from jobs where state = ?";

    private final ValueDigester digester;

    Marks(ValueDigester digester) {
        this.digester = digester;
    }

    /** The mark of the request whose path ends in {@code ?NUMBER}. */
    static String of(int number) {
        return "the mark of request " + number;
    }

    static int number(String path) {
        return Integer.parseInt(path.substring(path.indexOf('?') + 1));
    }

    /** No statement is in a request that did not send it; how many are in the one that did, by how that is known. */
    Map<Attribution, Integer> check(Traces.Taken taken) {
        Map<Attribution, Integer> right = new HashMap<>();
        List<String> wrong = new ArrayList<>();
        for (RequestTrace trace : taken.requests()) {
            long mark = digester.digest(of(number(trace.request().path())));
            for (Query query : trace.queries()) {
                if (query.shape().control() || query.shape().text().contains("pg_")) {
                    continue;
                }
                if (query.values().size() == 1 && query.values().get(0) == mark) {
                    right.merge(query.attribution(), 1, Integer::sum);
                } else {
                    wrong.add(query.attribution() + " for " + trace.request().path() + ": "
                            + query.shape().text());
                }
            }
        }
        assertThat(wrong).as("statements of somebody else").isEmpty();
        return right;
    }
}
