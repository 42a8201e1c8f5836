package dev.headroom.proxy.http;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a Content-Type says (RFC 9110, section 8.3).
 *
 * @param name type and subtype in lower case; empty where none came
 * @param charset in lower case; null where none came
 */
record MediaType(String name, @Nullable String charset) {
    /** None was told. */
    static final MediaType NONE = new MediaType("", null);

    /** Reads a field's value. */
    static MediaType of(String contentType) {
        String value = contentType.toLowerCase(Locale.ROOT);
        int end = value.indexOf(';');
        return new MediaType(end < 0 ? value : value.substring(0, end).trim(), charset(value));
    }

    private static @Nullable String charset(String value) {
        int at = value.indexOf("charset=");
        if (at < 0) {
            return null;
        }
        int end = value.indexOf(';', at);
        String name = value.substring(at + "charset=".length(), end < 0 ? value.length() : end);
        return name.replace("\"", "").trim();
    }
}
