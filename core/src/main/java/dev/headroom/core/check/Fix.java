package dev.headroom.core.check;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One way to put a finding right.
 *
 * @param remedy what kind of change
 * @param framework in whose words
 * @param text what to do, one or two sentences
 * @param code an example in the framework's language; null where words are enough
 * @param details for machines that apply it, e.g. {@code relation}
 */
public record Fix(
        Remedy remedy,
        Framework framework,
        String text,
        @Nullable String code,
        Map<String, String> details) {
    public Fix {
        if (text.isBlank()) {
            throw new IllegalArgumentException("a fix needs a text: " + remedy + ", " + framework);
        }
        details = Map.copyOf(details);
    }
}
