package dev.headroom.cli.output;

import dev.headroom.core.report.TextStyle;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Our standard output. Whether it is a terminal, and how wide, is asked of the shell, which has {@code test -t} and
 * {@code stty}: Java's console tells neither on every version.
 */
public final class StandardOutput {
    private static final String ASK = "if [ -t 1 ]; then echo terminal >&2; stty size <&1 >&2; fi";

    private StandardOutput() {}

    /** The style that suits it. */
    public static TextStyle style(Map<String, String> environment) {
        String answer = ask();
        Map<String, String> known = new HashMap<>(environment);
        String[] lines = answer.split("\n", -1);
        if (lines.length > 1 && lines[1].matches("\\d+ [1-9]\\d*")) {
            known.putIfAbsent("COLUMNS", lines[1].substring(lines[1].indexOf(' ') + 1));
        }
        return TextStyle.of(answer.startsWith("terminal"), known);
    }

    /** Whether it is a terminal. */
    public static boolean terminal() {
        return ask().startsWith("terminal");
    }

    private static String ask() {
        try {
            Process shell = new ProcessBuilder("/bin/sh", "-c", ASK)
                    .redirectOutput(Redirect.INHERIT)
                    .start();
            shell.getOutputStream().close();
            try (InputStream answer = shell.getErrorStream()) {
                return new String(answer.readNBytes(1_000), StandardCharsets.UTF_8);
            }
        } catch (IOException e) {
            return "";
        }
    }
}
