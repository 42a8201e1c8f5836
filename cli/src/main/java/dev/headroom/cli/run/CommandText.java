package dev.headroom.cli.run;

import java.util.List;
import java.util.regex.Pattern;

/** A command as it may be recorded and shown: arguments whose names look secret are blanked, and so are passwords in URLs. */
final class CommandText {
    private static final String SECRET = "(?:pass|pwd|secret|token|credential|api-?_?key|private-?_?key|auth)";
    private static final Pattern SECRET_NAME = Pattern.compile("(?is).*" + SECRET + ".*");

    /** A secret's name and its value in a shell's command, which is one argument: {@code A=x} or {@code --a x}. */
    private static final Pattern IN_SHELL_COMMAND = Pattern.compile("(?i)([\\w.-]*" + SECRET
            + "[\\w.-]*=|(?<!\\S)-[\\w.-]*" + SECRET + "[\\w.-]*\\s+(?!-))(?:'[^']*'|\"[^\"]*\"|[^\\s;&|'\"])+");

    private static final Pattern URL_PASSWORD = Pattern.compile("(?<=://)([^/\\s:@]*):[^\\s]*@");
    private static final Pattern URL_PARAMETER =
            Pattern.compile("(?i)([?&;][^=&;\\s]*(?:pass|pwd|secret|token|key)[^=&;\\s]*)=[^&;\\s]*");

    private CommandText() {}

    static String of(List<String> command) {
        StringBuilder text = new StringBuilder();
        boolean nextIsSecret = false;
        for (String argument : command) {
            if (!text.isEmpty()) {
                text.append(' ');
            }
            if (nextIsSecret && !argument.startsWith("-")) {
                text.append("***");
                nextIsSecret = false;
                continue;
            }
            int equals = argument.indexOf('=');
            String name = equals < 0 ? argument : argument.substring(0, equals);
            boolean secret = SECRET_NAME.matcher(name).matches() && !name.contains("://");
            nextIsSecret = secret && equals < 0 && argument.startsWith("-");
            text.append(secret && equals >= 0 ? name + "=***" : blanked(argument));
        }
        return text.toString();
    }

    private static String blanked(String argument) {
        String withoutPassword = URL_PASSWORD.matcher(argument).replaceAll("$1:***@");
        String blanked = URL_PARAMETER.matcher(withoutPassword).replaceAll("$1=***");
        boolean command = argument.chars().anyMatch(Character::isWhitespace);
        return command ? IN_SHELL_COMMAND.matcher(blanked).replaceAll("$1***") : blanked;
    }
}
