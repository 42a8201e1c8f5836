package dev.headroom.cli.address;

import java.util.List;
import java.util.Map;

/**
 * The environment to start the app with.
 *
 * @param variables all of its variables
 * @param arguments the command's arguments, with the addresses in them rewritten as well
 * @param rewritten names of what points at the proxy now, in alphabetical order
 * @param notes what was left as it is though it may be an address of PostgreSQL, in words; without any value
 */
public record RewrittenEnvironment(
        Map<String, String> variables, List<String> arguments, List<String> rewritten, List<String> notes) {
    public RewrittenEnvironment {
        variables = Map.copyOf(variables);
        arguments = List.copyOf(arguments);
        rewritten = List.copyOf(rewritten);
        notes = List.copyOf(notes);
    }
}
