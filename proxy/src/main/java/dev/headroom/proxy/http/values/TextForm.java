package dev.headroom.proxy.http.values;

import org.jspecify.annotations.Nullable;

/** How a text response is written. */
enum TextForm {
    JSON,
    MARKUP,
    PLAIN;

    /** The form of a media type, given in lower case without parameters; null where it is no text. */
    static @Nullable TextForm of(String mediaType) {
        return switch (mediaType) {
            case "application/json", "application/x-ndjson", "application/javascript", "text/javascript" -> JSON;
            case "application/xml", "text/html", "text/xml" -> MARKUP;
            case "text/event-stream" -> null;
            default -> {
                if (mediaType.endsWith("+json")) {
                    yield JSON;
                }
                if (mediaType.endsWith("+xml")) {
                    yield mediaType.startsWith("image/") ? null : MARKUP;
                }
                yield mediaType.startsWith("text/") && !mediaType.equals("text/css") ? PLAIN : null;
            }
        };
    }
}
