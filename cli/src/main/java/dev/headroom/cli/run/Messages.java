package dev.headroom.cli.run;

import dev.headroom.cli.address.RewrittenEnvironment;
import dev.headroom.server.recording.RecordingStatus;
import java.io.PrintStream;
import java.net.InetAddress;
import java.nio.file.Path;

/** What the user is told while an app runs, one line each, apart from the app's own output. Thread-safe. */
final class Messages {
    private final PrintStream err;

    Messages(PrintStream err) {
        this.err = err;
    }

    /** Says one thing. */
    void say(String line) {
        err.println("headroom: " + line);
        err.flush();
    }

    /** All is ready and the app is about to start. */
    void started(InetAddress address, int port, int appPort, Path recording, RewrittenEnvironment rewritten) {
        String host = address.isAnyLocalAddress() ? "127.0.0.1" : address.getHostAddress();
        String shown = host.indexOf(':') < 0 ? host : address.isLoopbackAddress() ? "[::1]" : "[" + host + "]";
        say("http://" + shown + ":" + port + " leads to the app, which is told port " + appPort + "; recording to "
                + recording);
        if (rewritten.rewritten().isEmpty()) {
            say("no PostgreSQL address was found, so statements won't be seen; name it with --db VARIABLE or --db URL");
        } else {
            say("PostgreSQL addresses led through Headroom: " + String.join(", ", rewritten.rewritten()));
        }
        rewritten.notes().forEach(this::say);
    }

    /** So many executions were to be recorded with their values and are not. */
    void unkeptValues(long executions) {
        if (executions > 0) {
            say(executions + " executions are recorded without their values: too large, or too many");
        }
    }

    /** The recording is closed. */
    void recording(RecordingStatus status) {
        if (status.failure() != null) {
            say("the recording is not complete: " + status.failure());
        }
        if (status.lostRequests() > 0 || status.lostQueries() > 0) {
            say(status.lostRequests() + " requests and " + status.lostQueries()
                    + " statements are missing in the recording");
        }
    }
}
