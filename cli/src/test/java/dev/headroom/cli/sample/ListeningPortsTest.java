package dev.headroom.cli.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListeningPortsTest {
    @Test
    void ourOwnPortIsFoundWithWhoHasIt() throws IOException {
        assumeThat(Files.isReadable(Path.of("/proc/net/tcp"))).isTrue();
        long self = ProcessHandle.current().pid();
        ListeningPorts ports = ListeningPorts.ofThisMachine();
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = socket.getLocalPort();

            InetSocketAddress found = ports.at(port);

            assertThat(found).isEqualTo(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            assertThat(ports.of(List.of(self)))
                    .extracting(InetSocketAddress::getPort)
                    .contains(port);
            assertThat(ports.holder(port)).contains("process " + self);
        }
    }

    @Test
    void whereNobodyListensNothingIsFound() {
        assertThat(ListeningPorts.ofThisMachine().at(1)).isNull();
        assertThat(ListeningPorts.ofThisMachine().holder(1)).isNull();
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
