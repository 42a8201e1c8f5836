package dev.headroom.cli.demo;

import java.util.List;
import java.util.Map;

/** An example app that the demo can seed and run in three stages. */
interface DemoApplication {
    /** What it is, for one line of output. */
    String title();

    /** Says in one line what is missing on this machine, with what to do; empty where nothing is. */
    String missing();

    /** The command that creates and fills the tables, and ends. */
    List<String> seedCommand();

    /** The command that serves, with {@code {port}} for the port. */
    List<String> serveCommand();

    /** What the commands need in their environment. {@code databaseUrl} is of the form {@code postgres://…}. */
    Map<String, String> environment(String databaseUrl, String stage);

    /** Answers 200 without a statement once the app is up. */
    String healthPath();
}
