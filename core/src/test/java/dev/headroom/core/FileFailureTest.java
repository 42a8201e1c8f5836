package dev.headroom.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class FileFailureTest {
    @TempDir
    Path folder;

    @Test
    void theReasonIsMoreThanTheFilesName() throws IOException {
        Path text = Files.write(folder.resolve("text"), new byte[] {(byte) 0xff});
        assertThat(reason(() -> Files.createFile(text))).isEqualTo("a file of that name is in the way");
        assertThat(reason(() -> Files.createFile(folder.resolve("none/file")))).isEqualTo("no such file or folder");
        assertThat(reason(() -> Files.readString(text))).isEqualTo("it is not in UTF-8");
        assertThat(reason(() -> Files.createFile(text.resolve("below")))).isEqualTo("Not a directory");
        assertThat(reason(() -> {
                    throw new java.nio.file.AccessDeniedException("/proc/x");
                }))
                .isEqualTo("permission denied");
        assertThat(reason(() -> {
                    throw new IOException("broken");
                }))
                .isEqualTo("broken");
    }

    private static String reason(Executable access) {
        try {
            access.execute();
        } catch (IOException e) {
            return FileFailure.reason(e);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
        throw new AssertionError("it succeeded");
    }
}
