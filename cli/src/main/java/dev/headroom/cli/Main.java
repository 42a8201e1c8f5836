package dev.headroom.cli;

import dev.headroom.cli.command.HeadroomCommand;

/** The program: what {@code ./headroom} starts. */
final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(HeadroomCommand.execute(arguments));
    }
}
