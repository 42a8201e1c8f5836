package dev.headroom.cli.command;

import dev.headroom.cli.config.HeadroomToml;
import dev.headroom.cli.run.ExitStatus;
import dev.headroom.cli.view.ComparisonFormat;
import dev.headroom.server.compare.ComparedRun;
import dev.headroom.server.compare.Comparison;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code headroom compare}: two recordings side by side. */
@Command(
        name = "compare",
        description = "Compares two recordings: routes beyond their own noise, problems gone, new and kept.",
        mixinStandardHelpOptions = true)
final class CompareCommand implements Callable<Integer> {
    /** What makes the command fail. */
    enum FailOn {
        WORSE,
        NEW;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Parameters(index = "0", paramLabel = "BEFORE", description = "The recording of the run before the change.")
    private @Nullable Path before;

    @Parameters(index = "1", paramLabel = "AFTER", description = "The recording of the run after it.")
    private @Nullable Path after;

    @Option(
            names = "--fail-on",
            split = ",",
            paramLabel = "worse|new",
            converter = FailOnConverter.class,
            description = "Exit with 1 when a route is worse beyond the noise, or when there is a new finding.")
    private Set<FailOn> failOn = EnumSet.noneOf(FailOn.class);

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            converter = ComparisonFormatConverter.class,
            description = "markdown (default), json or sarif.")
    private ComparisonFormat format = ComparisonFormat.MARKDOWN;

    @Option(names = "--json", description = "The same as --format json.")
    private boolean json;

    @Mixin
    private ConfigurationOption configuration = new ConfigurationOption();

    @Override
    public Integer call() {
        HeadroomToml toml = configuration.read();
        Comparison comparison = ComparedRun.read(Objects.requireNonNull(before), toml.silences())
                .with(ComparedRun.read(Objects.requireNonNull(after), toml.silences()));
        System.out.print((json ? ComparisonFormat.JSON : format).render(comparison));
        System.out.flush();
        boolean fails = failOn.contains(FailOn.WORSE) && comparison.worse()
                || failOn.contains(FailOn.NEW) && !comparison.fresh().isEmpty();
        return fails ? ExitStatus.FOUND : ExitStatus.OK;
    }
}
