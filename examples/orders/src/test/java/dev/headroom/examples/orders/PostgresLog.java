package dev.headroom.examples.orders;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * PostgreSQL's own log with {@code log_statement=all} and {@code log_line_prefix=%p:}. A backend writes a statement
 * there before it runs it, so the statements of an answered request can all be read.
 */
record PostgresLog(Path file) {
    private static final Pattern STATEMENT =
            Pattern.compile("(\\d+):LOG:  (?:statement|execute [^:]+): ?(.*)", Pattern.DOTALL);
    private static final Pattern PARAMETERS = Pattern.compile("(\\d+):DETAIL:  [Pp]arameters: (.*)", Pattern.DOTALL);
    private static final Pattern CONTROL = Pattern.compile(
            "(?:BEGIN|START|COMMIT|ROLLBACK|SAVEPOINT|RELEASE|SET|SHOW|DISCARD)\\b.*|\\s*",
            Pattern.DOTALL | Pattern.CASE_INSENSITIVE);

    /** One execution of a statement: the backend's process id, the text, and the bound values, empty if none. */
    record Execution(String backend, String sql, String parameters) {

        boolean isControl() {
            return CONTROL.matcher(sql).matches();
        }
    }

    long size() {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What was executed since the log had that size, without transaction control, settings and pings. */
    List<Execution> since(long size) {
        List<Execution> executions = new ArrayList<>();
        for (var entry : entries(size)) {
            var statement = STATEMENT.matcher(entry);
            if (statement.matches()) {
                executions.add(new Execution(statement.group(1), statement.group(2), ""));
                continue;
            }
            var parameters = PARAMETERS.matcher(entry);
            if (parameters.matches()) {
                bind(executions, parameters.group(1), parameters.group(2));
            }
        }
        return executions.stream().filter(execution -> !execution.isControl()).toList();
    }

    /** A DETAIL entry belongs to the last statement of its backend. */
    private static void bind(List<Execution> executions, String backend, String parameters) {
        for (int i = executions.size() - 1; i >= 0; i--) {
            var execution = executions.get(i);
            if (execution.backend().equals(backend)) {
                executions.set(i, new Execution(backend, execution.sql(), parameters));
                return;
            }
        }
    }

    /** Lines that continue an entry start with a tab. */
    private List<String> entries(long size) {
        try (var channel = Files.newByteChannel(file)) {
            channel.position(size);
            var text = new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
            return List.of(text.split("\n(?!\t)"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
