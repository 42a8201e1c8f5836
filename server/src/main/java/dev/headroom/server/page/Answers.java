package dev.headroom.server.page;

import com.fasterxml.jackson.jr.ob.JSON;
import com.sun.net.httpserver.HttpExchange;
import dev.headroom.core.HeadroomException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** Sends answers. */
final class Answers {
    private static final int WORTH_COMPRESSING = 1_000;

    private static final JSON WITH_NULLS = JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES);

    private Answers() {}

    static void json(HttpExchange exchange, int status, Object value) throws IOException {
        bytes(exchange, status, "application/json", json(value));
    }

    /** A value as JSON, what is null included. */
    static byte[] json(Object value) throws IOException {
        return WITH_NULLS.asBytes(value);
    }

    static void text(HttpExchange exchange, int status, String text) throws IOException {
        bytes(exchange, status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    /** Tells what went wrong: our own words for what was asked, nothing but "failed" for what is ours. */
    static void failure(HttpExchange exchange, RuntimeException failure) throws IOException {
        if (failure instanceof HeadroomException) {
            json(exchange, 400, Map.of("error", String.valueOf(failure.getMessage())));
        } else {
            json(
                    exchange,
                    500,
                    Map.of(
                            "error",
                            "The page failed to answer this. Its author would like to know: "
                                    + failure.getClass().getName()));
        }
    }

    static void bytes(HttpExchange exchange, int status, String type, byte[] content) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        String accepted = exchange.getRequestHeaders().getFirst("Accept-Encoding");
        byte[] body = content;
        if (content.length > WORTH_COMPRESSING && accepted != null && accepted.contains("gzip")) {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            ByteArrayOutputStream compressed = new ByteArrayOutputStream(content.length / 3);
            try (OutputStream out = new GZIPOutputStream(compressed)) {
                out.write(content);
            }
            body = compressed.toByteArray();
        }
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, head || body.length == 0 ? -1 : body.length);
        try (exchange;
                OutputStream out = exchange.getResponseBody()) {
            if (!head) {
                out.write(body);
            }
        }
    }
}
