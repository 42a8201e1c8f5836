package dev.headroom.cli.command;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.headroom.cli.run.RunningApps;
import dev.headroom.cli.sidechannel.ThreadStacks;
import dev.headroom.core.HeadroomException;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code headroom stacks}: what all threads of a running app do at this moment, and for which request. */
@Command(
        name = "stacks",
        description = "Shows what the threads of the app that 'headroom run' watches do at this moment, and which"
                + " request each serves.",
        mixinStandardHelpOptions = true)
final class StacksCommand implements Callable<Integer> {
    @Option(names = "--all", description = "Also threads that serve no request, and frames of libraries.")
    private boolean all;

    @Option(names = "--json", description = "As JSON, with everything.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        List<String> answers = RunningApps.stacks();
        if (answers.isEmpty()) {
            throw new HeadroomException("no app of yours runs under headroom run on this machine, or it runs without"
                    + " instrumentation: start it with headroom run -- COMMAND");
        }
        for (String answer : answers) {
            if (json) {
                System.out.println(answer);
            } else {
                print(answer);
            }
        }
        System.out.flush();
        return 0;
    }

    private void print(String answer) throws IOException {
        Object processes = JSON.std.mapFrom(answer).get("processes");
        for (Object each : processes instanceof List<?> list ? list : List.of()) {
            if (each instanceof Map<?, ?> process) {
                System.out.println("process " + process.get("pid")
                        + (Boolean.TRUE.equals(process.get("answered")) ? "" : ": no answer within 2 s"));
                threads(ThreadStacks.parse(JSON.std.asString(process.get("threads"))));
            }
        }
    }

    private void threads(List<ThreadStacks> threads) {
        int idle = 0;
        for (ThreadStacks thread : threads) {
            if (thread.request() == 0 && !all) {
                idle++;
                continue;
            }
            System.out.println("  " + title(thread));
            boolean first = true;
            for (String frame : thread.frames()) {
                if (first || all || ThreadStacks.isOwn(frame)) {
                    System.out.println("    " + frame);
                }
                first = false;
            }
        }
        if (idle > 0) {
            System.out.println("  " + idle + (idle == 1 ? " thread serves" : " threads serve") + " no request (--all)");
        }
    }

    private static String title(ThreadStacks thread) {
        if (thread.request() == 0) {
            return thread.name() + ", no request";
        }
        String route = thread.route() == null ? "request " + thread.request() : thread.route();
        return String.format(Locale.ROOT, "%s for %.1f s: %s", route, thread.seconds(), thread.name());
    }
}
