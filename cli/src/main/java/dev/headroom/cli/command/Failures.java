package dev.headroom.cli.command;

import dev.headroom.cli.address.UnusableAddressException;
import dev.headroom.cli.config.ConfigurationException;
import dev.headroom.cli.process.CannotStartException;
import dev.headroom.cli.run.CannotRunException;
import dev.headroom.cli.run.ExitStatus;
import dev.headroom.core.HeadroomException;
import dev.headroom.server.page.UnwritableReportException;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in one line what went wrong, and gives the exit status for it. */
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {
    private static final String DEBUG = "HEADROOM_DEBUG";

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        boolean ours = failure instanceof HeadroomException;
        err.println("headroom: " + (ours ? failure.getMessage() : "a mistake of Headroom's own: " + failure));
        if (!ours || System.getenv(DEBUG) != null) {
            failure.printStackTrace(err);
        }
        err.flush();
        return exitStatus(failure);
    }

    @Override
    public int handleParseException(ParameterException mistake, String[] arguments) {
        CommandLine command = mistake.getCommandLine();
        PrintWriter err = command.getErr();
        List<String> suggestions =
                mistake instanceof UnmatchedArgumentException unmatched ? unmatched.getSuggestions() : List.of();
        err.println("headroom: " + said(mistake));
        err.println(
                suggestions.isEmpty()
                        ? "Help: " + command.getCommandSpec().qualifiedName() + " --help"
                        : "Did you mean " + String.join(" or ", suggestions) + "?");
        err.flush();
        return ExitStatus.USAGE;
    }

    private static String said(ParameterException mistake) {
        if (mistake instanceof UnmatchedArgumentException unmatched) {
            String argument = unmatched.getUnmatched().get(0);
            CommandLine command = mistake.getCommandLine();
            boolean named = argument.startsWith("-") || command.getParent() != null;
            return named
                    ? command.getCommandSpec().qualifiedName() + " knows no " + argument
                    : "there is no command " + argument + "; the commands are "
                            + String.join(", ", command.getSubcommands().keySet());
        }
        return String.valueOf(mistake.getMessage());
    }

    private static int exitStatus(Exception failure) {
        if (failure instanceof CannotStartException cannotStart) {
            return cannotStart.exitStatus();
        }
        if (failure instanceof CannotRunException cannotRun) {
            return cannotRun.exitStatus();
        }
        if (failure instanceof ConfigurationException) {
            return ExitStatus.CONFIGURATION;
        }
        if (failure instanceof UnusableAddressException) {
            return ExitStatus.USAGE;
        }
        if (failure instanceof UnwritableReportException) {
            return ExitStatus.CANNOT_CREATE;
        }
        return failure instanceof HeadroomException ? ExitStatus.DATA : ExitStatus.INTERNAL;
    }
}
