package dev.headroom.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProcessTreeTest {
    private final List<Long> started = new ArrayList<>();

    @AfterEach
    void endAll() {
        for (long pid : started) {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    @Test
    void whatAnEndedParentLeftBehindStaysInTheTreeWithWhatItStartsItself() throws IOException, InterruptedException {
        Process parent = startsTwoWhenTold("read end");
        List<Long> left = tellingTwo(parent);
        ProcessTree tree = new ProcessTree(parent.toHandle());
        assertThat(tree.pids()).contains(parent.pid()).containsAll(left).hasSize(3);

        parent.getOutputStream().close();
        parent.waitFor();

        assertThat(tree.pids()).containsExactlyInAnyOrderElementsOf(left);
    }

    @Test
    void whatStartsLaterIsFoundWithWhatItStartsItself() throws IOException {
        Process parent = startsTwoWhenTold("wait");
        ProcessTree tree = new ProcessTree(parent.toHandle());
        assertThat(tree.pids()).containsExactly(parent.pid());
        assertThat(tree.pids()).containsExactly(parent.pid());

        List<Long> below = tellingTwo(parent);

        assertThat(tree.pids()).contains(parent.pid()).containsAll(below).hasSize(3);
    }

    @Test
    void aChildIsFoundWhoseParentWasNotListedYet() throws IOException {
        Process parent = startsTwoWhenTold("wait");
        Set<Long> listed = new HashSet<>(Set.of(parent.pid()));
        ProcessTree tree = new ProcessTree(parent.toHandle(), () -> new HashSet<>(listed));
        assertThat(tree.pids()).containsExactly(parent.pid());
        List<Long> below = tellingTwo(parent);
        long between = parent.children().findFirst().orElseThrow().pid();

        listed.addAll(below);
        listed.remove(between);
        assertThat(tree.pids()).containsExactly(parent.pid());
        listed.add(between);
        assertThat(tree.pids()).contains(parent.pid()).containsAll(below).hasSize(3);
    }

    @Test
    void whereNothingIsListedAllAreLookedAtEachTime() throws IOException {
        Process parent = startsTwoWhenTold("wait");
        ProcessTree tree = new ProcessTree(parent.toHandle(), Set::of);
        assertThat(tree.pids()).containsExactly(parent.pid());
        List<Long> below = tellingTwo(parent);
        assertThat(tree.pids()).contains(parent.pid()).containsAll(below).hasSize(3);
    }

    /** One that starts a child, which starts one of its own, when it is told to, and then does what is {@code last}. */
    private Process startsTwoWhenTold(String last) throws IOException {
        Process parent =
                new ProcessBuilder("sh", "-c", "read go; sh -c 'sleep 60 & echo $!; wait' & echo $!; " + last).start();
        started.add(parent.pid());
        return parent;
    }

    /** Lets it start its child, and that one of its own; both tell their ids. */
    private List<Long> tellingTwo(Process parent) throws IOException {
        parent.getOutputStream().write('\n');
        parent.getOutputStream().flush();
        BufferedReader told = parent.inputReader();
        List<Long> both = List.of(Long.parseLong(told.readLine()), Long.parseLong(told.readLine()));
        started.addAll(both);
        return both;
    }
}
