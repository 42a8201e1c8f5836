package dev.headroom.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessTreeTest {
    @Test
    void whatAnEndedParentLeftBehindStaysInTheTreeWithWhatItStartsItself() throws IOException, InterruptedException {
        // a parent that tells its child's id, and ends when it is told to; that child has one of its own
        Process parent = new ProcessBuilder("sh", "-c", "sh -c 'sleep 60 & echo $!; wait' & echo $!; read end").start();
        BufferedReader told = parent.inputReader();
        List<Long> left = List.of(Long.parseLong(told.readLine()), Long.parseLong(told.readLine()));
        try {
            ProcessTree tree = new ProcessTree(parent.toHandle());
            assertThat(tree.pids()).contains(parent.pid()).containsAll(left).hasSize(3);

            parent.getOutputStream().close();
            parent.waitFor();

            assertThat(tree.pids()).containsExactlyInAnyOrderElementsOf(left);
        } finally {
            for (long pid : left) {
                ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
            }
            parent.destroyForcibly();
        }
    }
}
