package dev.headroom.cli.command;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * What a command printed, on both streams, and how it ended.
 *
 * @param status its exit status
 * @param text what was printed
 */
record Printed(int status, String text) {
    /** Runs {@code headroom} with these arguments in this process. */
    static Printed by(String... arguments) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream both = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        System.setOut(both);
        System.setErr(both);
        try {
            int status = HeadroomCommand.execute(arguments);
            return new Printed(status, bytes.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }
}
