package dev.headroom.cli.sidechannel;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.headroom.core.HeadroomException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Answers {@code headroom stacks}: whoever connects gets, as one JSON text, what all threads of the app's instrumented
 * processes do at that moment. One caller at a time, on a thread of its own.
 */
public final class StacksSocket implements AutoCloseable {
    /** The socket's name in the run's private folder. */
    public static final String NAME = "stacks";

    private static final long PATIENCE_MILLIS = 2_000;

    private final ServerSocketChannel server;
    private final SideChannel channel;

    private StacksSocket(ServerSocketChannel server, SideChannel channel) {
        this.server = server;
        this.channel = channel;
    }

    /**
     * Listens in {@code folder}, which nobody else may read.
     *
     * @throws HeadroomException if it can't
     */
    public static StacksSocket open(Path folder, SideChannel channel) {
        try {
            ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            server.bind(UnixDomainSocketAddress.of(folder.resolve(NAME)));
            StacksSocket socket = new StacksSocket(server, channel);
            Thread thread = new Thread(socket::serve, "headroom-stacks");
            thread.setDaemon(true);
            thread.start();
            return socket;
        } catch (IOException | RuntimeException e) {
            throw new HeadroomException("headroom stacks will find nothing here: " + e.getMessage(), e);
        }
    }

    private void serve() {
        while (server.isOpen()) {
            serveOne();
        }
    }

    private void serveOne() {
        try (SocketChannel caller = server.accept()) {
            ByteBuffer answer = StandardCharsets.UTF_8.encode(answer());
            while (answer.hasRemaining()) {
                caller.write(answer);
            }
        } catch (IOException e) {
            // the caller is gone, or we are closing
            return;
        }
    }

    private String answer() throws IOException {
        List<Map<String, Object>> processes = new ArrayList<>();
        channel.snapshot().forEach((pid, asked) -> {
            Map<String, Object> process = new LinkedHashMap<>();
            process.put("pid", pid);
            List<Object> threads = threads(asked);
            process.put("answered", !threads.isEmpty());
            process.put("threads", threads);
            processes.add(process);
        });
        return JSON.std.asString(Map.of("processes", processes));
    }

    /** What a process says in time; nothing where it says none. */
    private static List<Object> threads(CompletableFuture<String> asked) {
        try {
            return JSON.std.listFrom(asked.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS));
        } catch (IOException | ExecutionException | TimeoutException e) {
            return List.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            // it is gone with the process
            return;
        }
    }
}
