package dev.headroom.cli.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListeningPortsTest {
    @TempDir
    Path proc;

    @Test
    void ourOwnPortIsFoundWithWhoHasIt() throws IOException {
        assumeThat(Files.isReadable(Path.of("/proc/net/tcp"))).isTrue();
        long self = ProcessHandle.current().pid();
        ListeningPorts ports = ListeningPorts.ofThisMachine();
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = socket.getLocalPort();

            PortUse use = ports.use(port, () -> List.of(self));

            assertThat(use).isEqualTo(new PortUse(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), null));
            assertThat(ports.of(List.of(self)))
                    .extracting(InetSocketAddress::getPort)
                    .contains(port);
            assertThat(ports.holder(port)).contains("process " + self);
        }
    }

    @Test
    void whereNobodyListensNothingIsFound() {
        assertThat(ListeningPorts.ofThisMachine().use(1, List::of)).isEqualTo(PortUse.NOBODY);
        assertThat(ListeningPorts.ofThisMachine().holder(1)).isNull();
    }

    @Test
    void whatAnotherProcessListensOnIsNotTheirs() throws Exception {
        assumeThat(Files.isReadable(Path.of("/proc/net/tcp"))).isTrue();
        Process other = new ProcessBuilder("sleep", "60").start();
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            PortUse use = ListeningPorts.ofThisMachine().use(socket.getLocalPort(), () -> List.of(other.pid()));

            assertThat(use.address()).isNull();
            assertThat(use.other())
                    .endsWith("(process " + ProcessHandle.current().pid() + ")");
        } finally {
            other.destroyForcibly();
        }
    }

    @Test
    void whoHasAcceptedAndListensNoMoreHasHadThePort() throws Exception {
        assumeThat(Files.isReadable(Path.of("/proc/net/tcp"))).isTrue();
        Process other = new ProcessBuilder("sleep", "60").start();
        long self = ProcessHandle.current().pid();
        List<Socket> both = connectionOfWhoListensNoMore();
        try (Socket accepted = both.get(0);
                Socket client = both.get(1)) {
            int port = accepted.getLocalPort();
            assertThat(client.getPort()).isEqualTo(port);

            PortUse use = ListeningPorts.ofThisMachine().use(port, () -> List.of(other.pid()));

            assertThat(use.address()).isNull();
            assertThat(use.other()).endsWith("(process " + self + ")");
            assertThat(ListeningPorts.ofThisMachine().use(port, () -> List.of(self)))
                    .as("theirs, who listen no more")
                    .isEqualTo(PortUse.NOBODY);
        } finally {
            other.destroyForcibly();
        }
    }

    private static List<Socket> connectionOfWhoListensNoMore() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Socket client = new Socket(socket.getInetAddress(), socket.getLocalPort());
            return List.of(socket.accept(), client);
        }
    }

    @Test
    void ofProcessesThatCannotBeLookedIntoTheListenerIsTheirs() throws IOException {
        Files.createDirectories(proc.resolve("net"));
        Files.writeString(
                proc.resolve("net/tcp"),
                "   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4711 1 0\n");
        socketOf(8, 4711);
        Files.createDirectories(proc.resolve("7"));
        Path theirs = Files.writeString(proc.resolve("7/fd"), "no folder, so no look into it");
        ListeningPorts ports = new ListeningPorts(proc);
        assertThat(ports.use(8080, () -> List.of(7L)).address())
                .isEqualTo(new InetSocketAddress(InetAddress.getLoopbackAddress(), 8080));

        Files.delete(theirs);
        assertThat(ports.use(8080, () -> List.of(7L)).other()).isEqualTo("nginx (process 8)");
        Files.writeString(proc.resolve("8/environ"), "HOME=/\0PORT=8080\0");
        assertThat(ports.use(8080, () -> List.of(7L)).address()).isNotNull();
        Files.writeString(proc.resolve("8/environ"), "HOME=/\0PORT=8081\0");
        assertThat(ports.use(8080, () -> List.of(7L)).other()).isEqualTo("nginx (process 8)");
        assertThat(ports.told(8080, List.of(7L))).isEmpty();
        // as nginx leaves it
        Files.writeString(proc.resolve("8/environ"), "\0\0\0\0");
        assertThat(ports.use(8080, () -> List.of(7L)).address()).isNotNull();
        assertThat(ports.told(8080, List.of(7L))).containsExactly("nginx (process 8)");
        Files.delete(proc.resolve("8/environ"));
        Files.writeString(proc.resolve("8/comm"), "docker-proxy\n");
        assertThat(ports.use(8080, () -> List.of(7L)).address()).isNotNull();
    }

    @Test
    void whoWasStartedWithThePortIsKnownByIt() throws IOException {
        for (int pid = 7; pid <= 9; pid++) {
            Files.createDirectories(proc.resolve("" + pid));
            Files.writeString(proc.resolve(pid + "/comm"), "gunicorn\n");
        }
        Files.createDirectories(proc.resolve("net"));
        Files.writeString(proc.resolve("7/environ"), "HOME=/\0PORT=2000\0");
        Files.writeString(proc.resolve("8/environ"), "PORT=2000\0");
        Files.writeString(proc.resolve("9/environ"), "PORT=20001\0");

        assertThat(new ListeningPorts(proc).told(2000, List.of(7L))).containsExactly("gunicorn (process 8)");
    }

    private void socketOf(long pid, long inode) throws IOException {
        Path files = Files.createDirectories(proc.resolve(pid + "/fd"));
        Files.createSymbolicLink(files.resolve("3"), Path.of("socket:[" + inode + "]"));
        Files.writeString(proc.resolve(pid + "/comm"), "nginx\n");
    }

    @Test
    void addressesAreReadInTheMachinesOrder() throws IOException {
        byte[] sixth = new byte[16];
        sixth[15] = 1;
        assertThat(TcpSocket.address("0100007F:1F90"))
                .isEqualTo(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 8080));
        assertThat(TcpSocket.address("00000000000000000000000001000000:0050"))
                .isEqualTo(new InetSocketAddress(InetAddress.getByAddress(sixth), 80));
        assertThat(TcpSocket.address("00000000:FFFF").getAddress().isAnyLocalAddress())
                .isTrue();
    }
}
