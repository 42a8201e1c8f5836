package dev.headroom.cli.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutgoingConnectionsTest {
    @Test
    void whomAProcessConnectsToIsFoundAndWhoConnectsToItIsNot() throws Exception {
        assumeThat(Files.isReadable(Path.of("/proc/net/tcp"))).isTrue();
        List<Long> self = List.of(ProcessHandle.current().pid());
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
                Socket accepted = server.accept()) {
            assertThat(OutgoingConnections.ofThisMachine().of(self))
                    .contains((InetSocketAddress) client.getRemoteSocketAddress())
                    .doesNotContain((InetSocketAddress) accepted.getRemoteSocketAddress());
        }
    }

    @Test
    void whatWasClosedAtOnceIsFoundWithoutItsOwner(@TempDir Path proc) throws Exception {
        Files.createDirectory(proc.resolve("net"));
        Files.writeString(
                proc.resolve("net/tcp"),
                "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n"
                        + "   0: 0100007F:C001 0500000A:1538 06 00000000:00000000 03:00001577 00000000     0        0 0 3"
                        + " 0000000000000000\n");

        assertThat(new OutgoingConnections(proc).closed())
                .containsOnlyKeys(TcpSocket.address("0100007F:C001"))
                .extracting(closed -> closed.values().toString())
                .isEqualTo("[/10.0.0.5:5432]");
    }

    @Test
    void connectionsOfServersByUnixSocketsAreCounted(@TempDir Path proc) throws Exception {
        Files.createDirectory(proc.resolve("net"));
        Files.writeString(proc.resolve("net/unix"), """
                Num       RefCount Protocol Flags    Type St Inode Path
                00000000774eb841: 00000002 00000000 00010000 0001 01 188460 /run/pg/.s.PGSQL.5432
                000000002ba3d7eb: 00000003 00000000 00000000 0001 03 345473 /run/pg/.s.PGSQL.5432
                000000002ba3d7ec: 00000003 00000000 00000000 0001 03 345474
                """);

        assertThat(new OutgoingConnections(proc).unixServers())
                .containsExactlyEntriesOf(Map.of("/run/pg/.s.PGSQL.5432", 1));
    }
}
