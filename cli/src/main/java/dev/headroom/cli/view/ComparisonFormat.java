package dev.headroom.cli.view;

import dev.headroom.server.compare.Comparison;
import dev.headroom.server.compare.ComparisonJson;
import dev.headroom.server.compare.ComparisonSarif;
import dev.headroom.server.compare.ComparisonText;
import java.util.Locale;

/** What a comparison can be printed as. */
public enum ComparisonFormat {
    MARKDOWN,
    JSON,
    SARIF;

    /** The name that users type. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
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
