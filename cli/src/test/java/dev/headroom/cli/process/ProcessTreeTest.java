package dev.headroom.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
            end(parent, left);
        }
    }

    @Test
    void whatStartsLaterIsFoundWithWhatItStartsItself() throws IOException {
        Process parent = startsTwoWhenTold();
        List<Long> started = new ArrayList<>();
        try {
            ProcessTree tree = new ProcessTree(parent.toHandle());
            assertThat(tree.pids()).containsExactly(parent.pid());
            assertThat(tree.pids()).containsExactly(parent.pid());

            started.addAll(tellingTwo(parent));

            assertThat(tree.pids()).contains(parent.pid()).containsAll(started).hasSize(3);
        } finally {
            end(parent, started);
        }
    }

    @Test
    void aChildIsFoundWhoseParentWasNotListedYet() throws IOException {
        Process parent = startsTwoWhenTold();
        Set<Long> listed = new HashSet<>(Set.of(parent.pid()));
        List<Long> started = new ArrayList<>();
        try {
            ProcessTree tree = new ProcessTree(parent.toHandle(), () -> new HashSet<>(listed));
            assertThat(tree.pids()).containsExactly(parent.pid());
            started.addAll(tellingTwo(parent));
            long between = parent.children().findFirst().orElseThrow().pid();

            listed.addAll(started);
            listed.remove(between);
            assertThat(tree.pids()).containsExactly(parent.pid());
            listed.add(between);
            assertThat(tree.pids()).contains(parent.pid()).containsAll(started).hasSize(3);
        } finally {
            end(parent, started);
        }
    }

    @Test
    void whereNothingIsListedAllAreLookedAtEachTime() throws IOException {
        Process parent = startsTwoWhenTold();
        List<Long> started = new ArrayList<>();
        try {
            ProcessTree tree = new ProcessTree(parent.toHandle(), Set::of);
            assertThat(tree.pids()).containsExactly(parent.pid());
            started.addAll(tellingTwo(parent));
            assertThat(tree.pids()).contains(parent.pid()).containsAll(started).hasSize(3);
        } finally {
            end(parent, started);
        }
    }

    /** One that starts a child, which starts one of its own, when it is told to. */
    private static Process startsTwoWhenTold() throws IOException {
        return new ProcessBuilder("sh", "-c", "read go; sh -c 'sleep 60 & echo $!; wait' & echo $!; wait").start();
    }

    /** Lets it start its child, and that one of its own; both tell their ids. */
    private static List<Long> tellingTwo(Process parent) throws IOException {
        parent.getOutputStream().write('\n');
        parent.getOutputStream().flush();
        BufferedReader told = parent.inputReader();
        return List.of(Long.parseLong(told.readLine()), Long.parseLong(told.readLine()));
    }

    private static void end(Process parent, List<Long> started) {
        parent.destroyForcibly();
        for (long pid : started) {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        }
    }
}
