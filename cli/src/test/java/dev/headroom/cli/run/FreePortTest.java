package dev.headroom.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Scanner;
import org.junit.jupiter.api.RepeatedTest;

class FreePortTest {
    private static final Path RANGE = Path.of("/proc/sys/net/ipv4/ip_local_port_range");

    @RepeatedTest(20)
    void isFreeAndNoneThatTheSystemGivesByItself() throws IOException {
        assumeThat(RANGE).exists();
        int first;
        try (Scanner range = new Scanner(Files.newBufferedReader(RANGE))) {
            first = range.nextInt();
        }

        int port = FreePort.any();

        assertThat(port).isLessThan(first);
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThat(socket.getLocalPort()).isEqualTo(port);
        }
    }
}
