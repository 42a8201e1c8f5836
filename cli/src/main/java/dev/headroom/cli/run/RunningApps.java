package dev.headroom.cli.run;

import dev.headroom.cli.sidechannel.StacksSocket;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The apps of this user that run under {@code headroom run} on this machine, by the private folders of their runs. */
public final class RunningApps {
    private RunningApps() {}

    /** What the threads of each app do, as {@link StacksSocket} answers; none where no run goes on. */
    public static List<String> stacks() throws IOException {
        return stacks(Path.of(System.getProperty("java.io.tmpdir")));
    }

    static List<String> stacks(Path temporary) throws IOException {
        List<String> answers = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(temporary, PrivateFolder.PREFIX + "*")) {
            for (Path folder : folders) {
                ask(folder.resolve(StacksSocket.NAME), answers);
            }
        }
        return answers;
    }

    private static void ask(Path path, List<String> answers) {
        try (SocketChannel socket = SocketChannel.open(UnixDomainSocketAddress.of(path));
                InputStream in = Channels.newInputStream(socket)) {
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            in.transferTo(answer);
            answers.add(answer.toString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // another user's, or one whose run has ended
            return;
        }
    }
}
