package dev.headroom.cli.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** A port that may be named by an option. */
final class PortOption {
    private static final int HIGHEST = 65_535;

    private PortOption() {}

    /**
     * The port that was named; 0 where none was.
     *
     * @throws ParameterException if it is no port; 0 is none either, as what it stands for elsewhere, any port, would be
     *     one that nobody knows
     */
    static int checked(String option, @Nullable Integer port, CommandLine commandLine) {
        if (port != null && (port < 1 || port > HIGHEST)) {
            throw new ParameterException(commandLine, option + " " + port + ": a port is between 1 and " + HIGHEST);
        }
        return port == null ? 0 : port;
    }
}
