package dev.headroom.cli.command;

import dev.headroom.cli.config.HeadroomToml;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that names another {@code headroom.toml}, for each command that reads one. */
final class ConfigurationOption {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Budgets and what is silenced (default: headroom.toml here, if there is one).")
    private @Nullable Path file;

    /**
     * What the file says.
     *
     * @throws dev.headroom.core.HeadroomException if it is wrong, or if one was named that isn't there
     */
    HeadroomToml read() {
        Path named = file;
        return named == null ? HeadroomToml.read(Path.of(HeadroomToml.NAME)) : HeadroomToml.readNamed(named);
    }
}
