package dev.headroom.cli.view;

import dev.headroom.cli.config.HeadroomToml;
import dev.headroom.core.HeadroomException;
import dev.headroom.core.report.Baseline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that says what a run may not be worse than: a recording, a report's JSON, or a baseline's. */
public final class BaselineFile {
    private BaselineFile() {}

    /**
     * Reads it.
     *
     * @throws HeadroomException if it is none of the three
     */
    public static Baseline read(Path file, HeadroomToml configuration) {
        if (!Files.exists(file)) {
            throw new HeadroomException("There is no baseline " + file
                    + ". Make one with: headroom report RECORDING --format baseline > " + file);
        }
        try {
            // a recording is a database, whose first bytes are not a brace
            try (var in = Files.newInputStream(file)) {
                if (in.read() != '{') {
                    return Baseline.of(RecordedReport.of(file, configuration));
                }
            }
            return Baseline.parse(file.toString(), Files.readString(file));
        } catch (IOException e) {
            throw new HeadroomException("The baseline " + file + " cannot be read: " + e.getMessage(), e);
        }
    }
}
