package dev.headroom.cli.process;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Ends the app's processes if Headroom dies without having done so, even by SIGKILL. It is a shell that reads from a
 * pipe whose other end only we hold: the kernel closes that end with us. (PR_SET_PDEATHSIG can't be set without native
 * code, is Linux's alone, and reaches the child only, not the tree.)
 */
public final class Watchdog implements AutoCloseable {
    /**
     * Lines of process ids, the latest of which holds; an empty line once all is over. Signals that a terminal or a
     * platform sends to the whole group must not end it before its time. Descendants are looked up again at the end
     * where the kernel lists them.
     */
    private static final String SCRIPT = """
            trap '' INT HUP TERM QUIT USR1 USR2 TSTP
            pids=
            while read -r line; do pids=$line; done
            [ -n "$pids" ] || exit 0
            all() {
                for p in "$@"; do
                    printf '%s ' "$p"
                    children=$(cat "/proc/$p/task/$p/children" 2>/dev/null)
                    [ -n "$children" ] && all $children
                done
            }
            all=$(all $pids)
            kill -s TERM $all 2>/dev/null
            i=0
            while [ $i -lt "$1" ]; do
                left=
                for p in $all; do kill -0 "$p" 2>/dev/null && left="$left $p"; done
                [ -n "$left" ] || exit 0
                sleep 1
                i=$((i + 1))
            done
            kill -s KILL $left 2>/dev/null
            """;

    private final @Nullable Process shell;
    private @Nullable String told;

    private Watchdog(@Nullable Process shell) {
        this.shell = shell;
    }

    /** Starts one that gives the app so many seconds between SIGTERM and SIGKILL. */
    public static Watchdog start(long graceSeconds) {
        try {
            ProcessBuilder builder = new ProcessBuilder(
                            "/bin/sh", "-c", SCRIPT, "headroom-watchdog", Long.toString(graceSeconds))
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.DISCARD);
            builder.environment().keySet().removeIf(name -> !name.equals("PATH"));
            return new Watchdog(builder.start());
        } catch (IOException e) {
            // without a shell the app merely outlives a Headroom that was killed
            return new Watchdog(null);
        }
    }

    /** Tells which processes to end if we die now. */
    public synchronized void watch(List<Long> pids) {
        String line = String.join(" ", pids.stream().map(Object::toString).toList());
        if (!line.equals(told)) {
            told = line;
            write(line + "\n", false);
        }
    }

    /** All is over: nothing is to be ended any more. */
    @Override
    public synchronized void close() {
        write("\n", true);
    }

    private void write(String text, boolean last) {
        if (shell == null) {
            return;
        }
        try {
            OutputStream pipe = shell.getOutputStream();
            pipe.write(text.getBytes(StandardCharsets.US_ASCII));
            pipe.flush();
            if (last) {
                pipe.close();
            }
        } catch (IOException e) {
            // somebody ended it: the app then merely outlives a Headroom that was killed
            told = null;
        }
    }
}
