package dev.headroom.cli.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code headroom run} is told.
 *
 * @param command the command and its arguments; empty for the Procfile's {@code web} line
 * @param port the port to listen on; 0 for the caller's PORT, else 8080
 * @param listen the address to listen on; null for loopback, or all addresses on a hosting platform
 * @param recording the file to record to; null for a new one below {@code .headroom}
 * @param oneAtATime whether requests are passed to the app singly
 * @param enforceTimeout whether requests that a hosting router would give up on are ended
 * @param grace how long the app has to end once it was told to, our report included
 * @param databases variables, {@code NAME=URL} or URLs of databases besides those that are found
 * @param instrument whether instrumentation is put into the app
 * @param databaseStatistics whether the database is asked what it knows of its tables
 * @param recordValues whether statements that read are recorded with their values
 * @param pagePort the page's port; 0 for the usual one or, where that is taken, any; negative for no page
 * @param pagePath the path on the app's port that leads to the page as well; null for none
 */
public record RunSettings(
        List<String> command,
        int port,
        @Nullable String listen,
        @Nullable Path recording,
        boolean oneAtATime,
        boolean enforceTimeout,
        Duration grace,
        List<String> databases,
        boolean instrument,
        boolean databaseStatistics,
        boolean recordValues,
        int pagePort,
        @Nullable String pagePath) {
    /**
     * For a trial that records nothing and serves no page.
     *
     * @param databases as above
     * @param instrument as above
     */
    static RunSettings trial(List<String> command, List<String> databases, boolean instrument) {
        return new RunSettings(
                command,
                0,
                "127.0.0.1",
                null,
                false,
                false,
                Duration.ofSeconds(10),
                databases,
                instrument,
                false,
                false,
                -1,
                null);
    }

    public RunSettings {
        command = List.copyOf(command);
        databases = List.copyOf(databases);
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("a port is between 1 and 65535: " + port);
        }
        if (pagePort > 65_535) {
            throw new IllegalArgumentException("a port is between 1 and 65535: " + pagePort);
        }
        if (pagePath != null && pagePort < 0) {
            throw new IllegalArgumentException("no page is served that a path could lead to: " + pagePath);
        }
        if (grace.isNegative()) {
            throw new IllegalArgumentException("the grace must not be negative: " + grace);
        }
    }
}
