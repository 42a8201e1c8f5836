package dev.headroom.cli.process;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Ends the app's processes and removes our private folder if Headroom dies without having done so, even by SIGKILL. It
 * is a shell that reads from a pipe whose other end only we hold: the kernel closes that end with us.
 * (PR_SET_PDEATHSIG can't be set without native code, is Linux's alone, and reaches the child only, not the tree.)
 */
public final class Watchdog implements AutoCloseable {
    /**
     * Lines of process ids, the latest of which holds; an empty line once all is over. Signals that a terminal or a
     * platform sends to the whole group must not end it before its time. Descendants are looked up again at the end
     * where the kernel lists them. What holds passwords goes first; the rest may be needed by the app while it ends.
     */
    private static final String SCRIPT = """
            trap '' INT HUP TERM QUIT USR1 USR2 TSTP
            trap 'rm -rf -- "$3"' EXIT
            pids=
            while read -r line; do pids=$line; done
            rm -rf -- "$2"
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

    /**
     * Starts one.
     *
     * @param graceSeconds the app's time between SIGTERM and SIGKILL
     * @param secrets a folder in {@code folder} that is removed at once
     * @param folder the folder that is removed when all is over
     */
    public static Watchdog start(long graceSeconds, Path secrets, Path folder) {
        try {
            ProcessBuilder builder = new ProcessBuilder(
                            "/bin/sh",
                            "-c",
                            SCRIPT,
                            "headroom-watchdog",
                            Long.toString(graceSeconds),
                            secrets.toString(),
                            folder.toString())
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

    /** The app is over: no process is to be ended any more. */
    public synchronized void rest() {
        watch(List.of());
    }

    /** All is over. */
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
