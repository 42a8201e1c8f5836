package dev.headroom.cli.command;

import dev.headroom.cli.Version;
import dev.headroom.cli.demo.DemoCommand;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The {@code headroom} command itself: help, version, and the way to the others. */
@Command(
        name = "headroom",
        description = "Finds what a database-backed web app wastes, names the line, and keeps it fixed.",
        footer = {
            "",
            "Begin with: headroom run -- COMMAND-THAT-STARTS-YOUR-APP",
            "Exit statuses: docs/reference/errors.md"
        },
        mixinStandardHelpOptions = true,
        versionProvider = HeadroomCommand.VersionLine.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            RunCommand.class,
            DoctorSetupCommand.class,
            ReportCommand.class,
            OpenCommand.class,
            CompareCommand.class,
            CheckCommand.class,
            StacksCommand.class,
            DemoCommand.class
        })
public final class HeadroomCommand {
    private HeadroomCommand() {}

    /** Carries out a command line and returns the exit status. */
    public static int execute(String... arguments) {
        CommandLine line = new CommandLine(new HeadroomCommand());
        line.setExecutionExceptionHandler(new Failures()).setParameterExceptionHandler(new Failures());
        // what follows the command of an app is the app's, with or without two hyphens before it
        for (String name : List.of("run", "doctor-setup")) {
            Objects.requireNonNull(line.getSubcommands().get(name)).setStopAtPositional(true);
        }
        return line.execute(arguments);
    }

    /** The version as {@code --version} prints it. */
    static final class VersionLine implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"headroom " + Version.current()};
        }
    }
}
