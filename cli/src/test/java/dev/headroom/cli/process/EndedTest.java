package dev.headroom.cli.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EndedTest {
    @Test
    void whatEndedAndWasNotAskedForHasEnded() throws IOException, InterruptedException {
        assumeTrue(Files.exists(Path.of("/proc/self/stat")), "the system lists states");
        // its child ends, and is never waited for: what follows exec knows nothing of it
        Process parent = new ProcessBuilder("sh", "-c", "true & echo $!; exec cat").start();
        try (BufferedReader told = parent.inputReader()) {
            ProcessHandle child =
                    ProcessHandle.of(Long.parseLong(told.readLine())).orElseThrow();
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (!Ended.unreaped(child) && System.nanoTime() < deadline) {
                Thread.onSpinWait();
            }

            assertThat(child.isAlive()).as("the system lists it still").isTrue();
            assertThat(Ended.unreaped(child)).isTrue();
            assertThat(Ended.within(child, 0)).isTrue();
            assertThat(Ended.unreaped(parent.toHandle())).isFalse();
            assertThat(Ended.within(parent.toHandle(), 0)).isFalse();
        } finally {
            parent.destroyForcibly();
        }
    }
}
