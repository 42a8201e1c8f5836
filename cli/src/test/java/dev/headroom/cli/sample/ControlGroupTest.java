package dev.headroom.cli.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlGroupTest {
    @TempDir
    Path root;

    @Test
    void versionTwoIsReadWithTheLowestLimitAbove() throws IOException {
        write("proc/self/cgroup", "0::/app.slice/web\n");
        write("cgroup/app.slice/web/memory.current", "104857600\n");
        write("cgroup/app.slice/web/memory.max", "max\n");
        write("cgroup/app.slice/memory.max", "536870912\n");
        write("cgroup/app.slice/web/memory.swap.current", "4096\n");
        write("cgroup/app.slice/web/memory.events", "low 0\noom 3\noom_kill 2\n");

        ControlGroup group = find();

        assertThat(group.bytes()).isEqualTo(104_857_600);
        assertThat(group.limitBytes()).isEqualTo(536_870_912);
        assertThat(group.swapBytes()).isEqualTo(4_096);
        assertThat(group.oomKills()).isEqualTo(2);
    }

    @Test
    void insideAContainerTheGroupIsTheRootOfWhatIsMounted() throws IOException {
        write("proc/self/cgroup", "0::/\n");
        write("cgroup/memory.current", "1000\n");
        write("cgroup/memory.max", "2000\n");

        assertThat(find().bytes()).isEqualTo(1_000);
        assertThat(find().limitBytes()).isEqualTo(2_000);
    }

    @Test
    void versionOneHasNoWordForNoLimit() throws IOException {
        write("proc/self/cgroup", "5:cpu,cpuacct:/web\n4:memory:/web\n");
        write("cgroup/memory/web/memory.usage_in_bytes", "3000\n");
        write("cgroup/memory/web/memory.memsw.usage_in_bytes", "3500\n");
        write("cgroup/memory/web/memory.limit_in_bytes", "9223372036854771712\n");
        write("cgroup/memory/web/memory.oom_control", "oom_kill_disable 0\nunder_oom 0\noom_kill 1\n");

        ControlGroup group = find();

        assertThat(group.bytes()).isEqualTo(3_000);
        assertThat(group.limitBytes()).isEqualTo(-1);
        assertThat(group.swapBytes()).isEqualTo(500);
        assertThat(group.oomKills()).isEqualTo(1);
    }

    @Test
    void inAHybridTheVersionThatHasMemoryCounts() throws IOException {
        write("proc/self/cgroup", "4:memory:/docker/abc\n1:name=systemd:/docker/abc\n0::/docker/abc\n");
        write("cgroup/memory/memory.usage_in_bytes", "7000\n");
        write("cgroup/memory/memory.limit_in_bytes", "8000\n");

        assertThat(find().bytes()).isEqualTo(7_000);
        assertThat(find().limitBytes()).isEqualTo(8_000);
    }

    @Test
    void withoutControlGroupsEverythingIsMissing() throws IOException {
        write("proc/self/stat", "");

        ControlGroup group = find();

        assertThat(group.bytes()).isEqualTo(-1);
        assertThat(group.limitBytes()).isEqualTo(-1);
        assertThat(group.swapBytes()).isEqualTo(-1);
        assertThat(group.oomKills()).isEqualTo(-1);
    }

    private ControlGroup find() {
        return ControlGroup.find(root.resolve("proc"), root.resolve("cgroup"));
    }

    private void write(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
