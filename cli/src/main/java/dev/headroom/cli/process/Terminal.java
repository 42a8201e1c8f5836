package dev.headroom.cli.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether Ctrl-C reaches the app by itself. */
public final class Terminal {
    private Terminal() {}

    /**
     * Whether our process group is in the foreground of a terminal: then what the terminal sends reaches the app, too.
     * Fields 5, 7 and 8 of /proc/self/stat (proc(5)); where there is no /proc, it is taken for granted.
     */
    public static boolean foreground() {
        try {
            String stat = Files.readString(Path.of("/proc/self/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return !fields[4].equals("0") && fields[2].equals(fields[5]);
        } catch (IOException e) {
            return true;
        }
    }
}
