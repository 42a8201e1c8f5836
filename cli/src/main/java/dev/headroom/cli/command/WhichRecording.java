package dev.headroom.cli.command;

import dev.headroom.server.recording.Recordings;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The recording that a command reads: one that is named, or the last of this folder. */
final class WhichRecording {
    @Parameters(paramLabel = "FILE", description = "The recording (default: --last).", arity = "0..1")
    private @Nullable Path file;

    @Option(names = "--last", description = "The one below .headroom here that was written last.")
    private boolean last;

    /** The file. */
    Path path() {
        Path named = file;
        return named == null || last ? Recordings.last(Path.of("")) : named;
    }
}
