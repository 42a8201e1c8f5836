package dev.headroom.cli.run;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Tells the app its port in its arguments: a shell has already put the caller's PORT in place of {@code $PORT}. */
final class PortArguments {
    private PortArguments() {}

    /**
     * Replaces {@code {port}}, and the caller's port where it stands as a number of its own. The command's name is left
     * alone.
     *
     * @param callerPort the caller's PORT; 0 for none
     */
    static List<String> replaced(List<String> command, int callerPort, int appPort) {
        Pattern port = callerPort == 0
                ? Pattern.compile("\\{port}")
                : Pattern.compile("\\{port}|(?<![0-9A-Za-z.])" + callerPort + "(?![0-9A-Za-z]|\\.[0-9])");
        String replacement = Matcher.quoteReplacement(Integer.toString(appPort));
        return IntStream.range(0, command.size())
                .mapToObj(i ->
                        i == 0 ? command.get(i) : port.matcher(command.get(i)).replaceAll(replacement))
                .toList();
    }
}
