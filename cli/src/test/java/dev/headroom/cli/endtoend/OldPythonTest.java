package dev.headroom.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real Python 2.7 (Jython's, which the build fetches) makes of the folder that {@code run} puts on its path. */
class OldPythonTest {
    private static final Path JYTHON = Path.of("target", "python-2", "jython-standalone.jar");
    private static final Path OURS = Path.of("../python").toAbsolutePath().normalize();
    private static final String OURS_LOADED = "[name for name in sys.modules if 'headroom' in name]";

    @TempDir
    private Path folder;

    @Test
    void python27LoadsNothingOfOursAndItsPathIsAsItWas() throws Exception {
        String show = "import sys; print(sys.version_info[:2], sys.path, " + OURS_LOADED + ")";
        String without = python(Map.of(), show);
        assertThat(without).startsWith("((2, 7), ").endsWith(", [])\n");
        assertThat(python(Map.of("JYTHONPATH", OURS.toString()), show)).isEqualTo(without);
    }

    @Test
    void theSitecustomizeThatOursShadowsIsLoadedUnderPython27() throws Exception {
        Path theirs = Files.writeString(folder.resolve("sitecustomize.py"), "import sys\nsys.theirs = __file__\n");
        Map<String, String> path = Map.of("JYTHONPATH", OURS + ":" + folder);
        assertThat(python(path, "import sys, sitecustomize; print(sys.theirs, sitecustomize.__file__ == sys.theirs)"))
                .isEqualTo("('" + theirs + "', True)\n");
    }

    @Test
    void aSitecustomizeOfTheirsThatFailsUnderPython27FailsAsBefore() throws Exception {
        Files.writeString(folder.resolve("sitecustomize.py"), "import missing_of_theirs\n");
        String without = python(Map.of("JYTHONPATH", folder.toString()), "print('went on')");
        assertThat(python(Map.of("JYTHONPATH", OURS + ":" + folder), "print('went on')"))
                .isEqualTo(without);
    }

    /** What it prints, standard error included; a failed exit fails the test. */
    private String python(Map<String, String> environment, String code) throws IOException, InterruptedException {
        Path output = folder.resolve("output.txt");
        ProcessBuilder builder = new ProcessBuilder(
                        HeadroomProcess.java(),
                        "-Xss1m",
                        "-Dpython.cachedir.skip=true",
                        "-Dsun.misc.unsafe.memory.access=allow",
                        "--enable-native-access=ALL-UNNAMED",
                        "-jar",
                        JYTHON.toString(),
                        "-B",
                        "-c",
                        code)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("HEADROOM_SOCKET", folder.resolve("nobody").toString());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(Files.readString(output)).isZero();
            return Files.readString(output);
        } finally {
            process.destroyForcibly();
        }
    }
}
