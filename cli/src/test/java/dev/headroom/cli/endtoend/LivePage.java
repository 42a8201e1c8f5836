package dev.headroom.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The page that a run serves, asked as its own script asks.
 *
 * @param address with its token
 */
record LivePage(URI address) {
    private static final Pattern ADDRESS = Pattern.compile("watch it at (http\\S+)");
    private static final Pattern WORD = Pattern.compile("\"planWord\":\"([0-9a-f]+)\"");

    /** The one that a run has told of. */
    static LivePage of(HeadroomProcess headroom) {
        Matcher told = ADDRESS.matcher(headroom.err());
        assertThat(told.find()).as("an address in %s", headroom.err()).isTrue();
        return new LivePage(URI.create(told.group(1)));
    }

    /** The id of the first shape whose text begins so, once it is there. */
    String shape(String text) {
        Pattern shape = Pattern.compile("\"id\":\"([0-9a-f]+)\",\"text\":\"" + Pattern.quote(text));
        AtomicReference<String> id = new AtomicReference<>("");
        HeadroomProcess.eventually("the statement is on the page", () -> {
            Matcher found = shape.matcher(get("api/recordings/0/shapes"));
            boolean there = found.find();
            id.set(there ? found.group(1) : "");
            return there;
        });
        return id.get();
    }

    String get(String path) {
        return send(HttpRequest.newBuilder(address.resolve(path))).body();
    }

    /** Sends the page's word along, or a wrong one where it has none. */
    HttpResponse<String> post(String path) {
        Matcher word = WORD.matcher(get("api/page"));
        return send(HttpRequest.newBuilder(address.resolve(path))
                .header("Headroom-Page", word.find() ? word.group(1) : "0".repeat(32))
                .POST(HttpRequest.BodyPublishers.noBody()));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
