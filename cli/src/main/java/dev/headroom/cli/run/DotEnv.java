package dev.headroom.cli.run;

import dev.headroom.core.FileFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a {@code .env} file says.
 *
 * @param variables by name, in the file's order
 * @param unread the numbers of the lines, from 1, that say nothing that can be understood
 */
record DotEnv(Map<String, String> variables, List<Integer> unread) {
    private static final int NAMED_LINES = 10;

    /**
     * Reads the file; none says nothing.
     *
     * @param environment what {@code ${NAME}} in the file means before what the file itself says
     * @throws CannotRunException if it is there and can't be read
     */
    static DotEnv read(Path file, Map<String, String> environment) {
        if (!Files.isRegularFile(file)) {
            return new DotEnv(Map.of(), List.of());
        }
        try {
            return new DotEnvReader(TextFile.lines(file), environment).read();
        } catch (IOException e) {
            throw new CannotRunException(
                    ExitStatus.CONFIGURATION, file + " could not be read: " + FileFailure.reason(e), e);
        }
    }

    /** Which lines were left out, by number only, as they may hold a secret; null if none was. */
    @Nullable
    String leftOut() {
        if (unread.isEmpty()) {
            return null;
        }
        if (unread.size() == 1) {
            return "line " + unread.get(0) + " could not be read and is left out";
        }
        String numbers = unread.stream().limit(NAMED_LINES).map(String::valueOf).collect(Collectors.joining(", "));
        int more = unread.size() - NAMED_LINES;
        return "lines " + numbers + (more > 0 ? " and " + more + " more" : "") + " could not be read and are left out";
    }
}
