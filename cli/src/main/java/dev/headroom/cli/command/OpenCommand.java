package dev.headroom.cli.command;

import dev.headroom.cli.config.HeadroomToml;
import dev.headroom.server.page.PageServer;
import dev.headroom.server.page.PageSettings;
import dev.headroom.server.recording.RecordingReader;
import dev.headroom.server.recording.Recordings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code headroom open}: serves the page over recordings until it is interrupted. */
@Command(
        name = "open",
        description = "Serves the page over recordings, finished or not, until Ctrl-C.",
        mixinStandardHelpOptions = true)
final class OpenCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "FILE",
            arity = "0..*",
            description = "The recordings, several to compare them (default: the one below .headroom here that was"
                    + " written last).")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--page-port",
            paramLabel = "N",
            description = "Port of the page (default: 4777 or, where that is taken, any).")
    private @Nullable Integer pagePort;

    @Mixin
    private ConfigurationOption configuration = new ConfigurationOption();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        int port = PortOption.checked(
                "--page-port", pagePort, Objects.requireNonNull(spec).commandLine());
        List<Path> named = files.isEmpty() ? List.of(Recordings.last(Path.of(""))) : files;
        for (Path file : named) {
            // so that a file that is no recording is told of here, not only in the browser
            RecordingReader.open(file).close();
        }
        HeadroomToml toml = configuration.read();
        PageSettings settings = PageSettings.defaults().silencing(toml::silences);
        try (PageServer server = PageServer.start(port == 0 ? settings : settings.atPort(port), named)) {
            System.out.println(server.address());
            System.out.flush();
            new CountDownLatch(1).await();
            return 0;
        }
    }
}
