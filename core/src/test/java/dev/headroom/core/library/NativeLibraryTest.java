package dev.headroom.core.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.headroom.core.HeadroomException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeLibraryTest {
    @TempDir
    Path folder;

    @Test
    void theFirstFolderThatWillDoIsUsedAndLeftEmpty() throws IOException {
        List<Path> tried = new ArrayList<>();
        NativeLibrary.load("shapes", folder.toString(), own -> {
            tried.add(Files.writeString(own.resolve("shapes.so"), "code"));
        });
        assertThat(tried).singleElement().satisfies(file -> assertThat(file).startsWithRaw(folder));
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aFolderThatCannotBeWrittenToOrExecutedFromIsPassedOver() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "in the way");
        List<Path> tried = new ArrayList<>();
        NativeLibrary.load("shapes", file.toString(), own -> {
            tried.add(own);
            if (tried.size() == 1) {
                throw new UnsatisfiedLinkError("failed to map segment from shared object");
            }
        });
        assertThat(tried)
                .hasSize(2)
                .allSatisfy(own -> assertThat(own).doesNotExist())
                .noneSatisfy(own -> assertThat(own).startsWithRaw(folder));
    }

    @Test
    void whereNoFolderWillDoItIsSaidOfEachWhy() {
        assertThatExceptionOfType(HeadroomException.class)
                .isThrownBy(() -> NativeLibrary.load("shapes", folder.toString(), own -> {
                    throw new UnsatisfiedLinkError("no such symbol\nin detail");
                }))
                .withMessageStartingWith("The native library of shapes could not be unpacked and loaded: " + folder
                        + ": UnsatisfiedLinkError no such symbol; ")
                .withMessageContaining("-Djava.io.tmpdir=FOLDER");
        assertThat(folder).isEmptyDirectory();
    }

    /** Ends while it loads. */
    static final class EndedWhileLoading {
        public static void main(String[] arguments) {
            NativeLibrary.load("shapes", arguments[0], own -> {
                Files.writeString(own.resolve("shapes.so"), "code");
                System.exit(3);
            });
        }
    }

    @Test
    void aProcessThatEndsWhileItLoadsLeavesNothing() throws Exception {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        EndedWhileLoading.class.getName(),
                        folder.toString())
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isEqualTo(3);
        assertThat(folder).isEmptyDirectory();
    }
}
