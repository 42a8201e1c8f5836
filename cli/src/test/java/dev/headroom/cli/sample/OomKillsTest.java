package dev.headroom.cli.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OomKillsTest {
    @TempDir
    Path root;

    private final List<String> said = new ArrayList<>();

    @BeforeEach
    void limited() throws IOException {
        write("proc/self/cgroup", "0::/web\n");
        write("cgroup/web/memory.current", "104857600\n");
        write("cgroup/web/memory.max", "536870912\n");
    }

    @Test
    void tellsOnceOfThoseThatComeAndNotOfThoseThatWere() throws IOException {
        counted("oom_kill 7\n");
        OomKills kills = watched();
        kills.look();
        assertThat(said).isEmpty();

        counted("oom_kill 8\n");
        kills.look();
        kills.look();
        counted("oom_kill 10\n");
        kills.look();

        assertThat(said)
                .containsExactly(
                        "the kernel killed 1 process of this control group for want of memory (limit 512 MB)",
                        "the kernel killed 2 processes of this control group for want of memory (limit 512 MB)");
    }

    @Test
    void aCounterThatCannotBeReadTellsNothing() throws IOException {
        OomKills unknown = watched();
        counted("oom_kill 3\n");
        unknown.look();
        unknown.look();
        assertThat(said).isEmpty();

        OomKills kills = watched();
        Files.delete(root.resolve("cgroup/web/memory.events"));
        kills.look();
        counted("oom_kill 3\n");
        kills.look();
        assertThat(said).isEmpty();
    }

    @Test
    void tellsOfOneThatCameBeforeItWasWatched() throws IOException {
        counted("oom_kill 7\n");
        long before = group().oomKills();
        counted("oom_kill 8\n");

        new OomKills(group(), before, said::add).look();

        assertThat(said).singleElement().asString().startsWith("the kernel killed 1 process ");
    }

    private OomKills watched() {
        return new OomKills(group(), group().oomKills(), said::add);
    }

    private ControlGroup group() {
        return ControlGroup.find(root.resolve("proc"), root.resolve("cgroup"));
    }

    private void counted(String text) throws IOException {
        write("cgroup/web/memory.events", text);
    }

    private void write(String file, String text) throws IOException {
        Files.createDirectories(root.resolve(file).getParent());
        Files.writeString(root.resolve(file), text);
    }
}
