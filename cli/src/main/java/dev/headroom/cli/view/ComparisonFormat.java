package dev.headroom.cli.view;

import dev.headroom.server.compare.Comparison;
import dev.headroom.server.compare.ComparisonJson;
import dev.headroom.server.compare.ComparisonSarif;
import dev.headroom.server.compare.ComparisonText;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a comparison can be printed as. */
public enum ComparisonFormat {
    MARKDOWN,
    JSON,
    SARIF;

    /** The name that users type. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** All names, for messages. */
    public static String words() {
        return Arrays.stream(values()).map(ComparisonFormat::word).collect(Collectors.joining(", "));
    }

    /** The comparison in this format. */
    public String render(Comparison comparison) {
        return switch (this) {
            case MARKDOWN -> ComparisonText.render(comparison);
            case JSON -> ComparisonJson.render(comparison);
            case SARIF -> ComparisonSarif.render(comparison);
        };
    }
}
