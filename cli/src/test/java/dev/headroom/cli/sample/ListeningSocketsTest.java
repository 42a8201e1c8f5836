package dev.headroom.cli.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListeningSocketsTest {
    @TempDir
    Path folder;

    @Test
    void ourOwnSocketIsFoundWhileItIsListenedOn() throws IOException {
        assumeThat(Path.of("/proc/net/unix")).isReadable();
        Path file = folder.resolve("app.sock");
        List<Long> self = List.of(ProcessHandle.current().pid());
        ListeningSockets sockets = ListeningSockets.ofThisMachine();
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(file));
            try (SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(file));
                    SocketChannel accepted = server.accept()) {
                assertThat(client.isConnected() && accepted.isConnected()).isTrue();
                assertThat(sockets.of(self)).contains(file.toString());
            }
        }
        assertThat(sockets.of(self)).doesNotContain(file.toString());
    }

    @Test
    void aRelativePathIsOfItsProcesssFolderAndConnectionsAndOthersSocketsAreLeftOut() throws IOException {
        Files.createDirectories(folder.resolve("net"));
        Files.writeString(folder.resolve("net/unix"), """
                Num       RefCount Protocol Flags    Type St Inode Path
                0000000000000000: 00000002 00000000 00010000 0001 01 11 run/my app.sock
                0000000000000000: 00000003 00000000 00000000 0001 03 12 run/my app.sock
                0000000000000000: 00000002 00000000 00010000 0001 01 13 @hidden
                0000000000000000: 00000002 00000000 00010000 0005 01 14 /run/packets
                0000000000000000: 00000002 00000000 00010000 0001 01 15 /run/of-another
                0000000000000000: 00000002 00000000 00010000 0001 01 16
                """);
        Path files = Files.createDirectories(folder.resolve("7/fd"));
        for (int inode : new int[] {11, 12, 13, 14, 16}) {
            Files.createSymbolicLink(files.resolve("" + inode), Path.of("socket:[" + inode + "]"));
        }
        Files.createSymbolicLink(folder.resolve("7/cwd"), Path.of("/srv/shop"));

        assertThat(new ListeningSockets(folder).of(List.of(7L)))
                .containsExactly("/srv/shop/run/my app.sock", "@hidden");
    }
}
