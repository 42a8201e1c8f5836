package dev.headroom.cli.sidechannel;

import dev.headroom.core.HeadroomException;
import dev.headroom.core.capture.CaptureSink;
import dev.headroom.proxy.net.EventLoop;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Listens on a Unix socket for what instrumented processes of the app tell, and states it to capture. Any number of
 * processes, on one thread. Thread-safe.
 */
public final class SideChannel implements AutoCloseable {
    /** The variable that tells the app where to connect. */
    public static final String VARIABLE = "HEADROOM_SOCKET";

    private final CaptureSink sink;
    private final Path path;
    private final EventLoop loop = EventLoop.start("headroom-side-channel");
    private final InstrumentationFacts facts = new InstrumentationFacts();
    private final Set<ProcessChannel> processes = ConcurrentHashMap.newKeySet();

    private final AtomicBoolean closed = new AtomicBoolean();

    private SideChannel(Path path, CaptureSink sink) {
        this.path = path;
        this.sink = sink;
    }

    /**
     * Listens on a socket in {@code folder}, which should be readable by nobody else.
     *
     * @throws HeadroomException if it can't, e.g. because the folder's path is too long for a socket
     */
    public static SideChannel open(Path folder, CaptureSink sink) {
        SideChannel channel = new SideChannel(folder.resolve("side-channel"), sink);
        try {
            ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            server.bind(UnixDomainSocketAddress.of(channel.path));
            server.configureBlocking(false);
            channel.loop.execute(() -> channel.listen(server));
        } catch (IOException | RuntimeException e) {
            channel.loop.close();
            throw new HeadroomException(
                    "no socket could be made at " + channel.path + " (" + e.getMessage()
                            + "); set java.io.tmpdir in HEADROOM_JAVA_OPTS to a folder with a short path",
                    e);
        }
        return channel;
    }

    /** What a child's environment needs. */
    public Map<String, String> environment() {
        return Map.of(VARIABLE, path.toString());
    }

    /** What was told besides calls. */
    public InstrumentationFacts facts() {
        return facts;
    }

    /** Asks every process for the stacks of its threads, by process id; each answers in its own time, or never. */
    public Map<Long, CompletableFuture<String>> snapshot() {
        Map<Long, CompletableFuture<String>> answers = new LinkedHashMap<>();
        for (ProcessChannel process : processes) {
            if (process.pid() != 0) {
                CompletableFuture<String> answer = new CompletableFuture<>();
                answers.put(process.pid(), answer);
                loop.execute(() -> process.ask(answer));
            }
        }
        return answers;
    }

    /** Ends; processes that are still connected switch their instrumentation off. */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        // what the app wrote before it ended is in the sockets: a task runs after what is ready has been read
        CompletableFuture<Boolean> read = new CompletableFuture<>();
        loop.execute(() -> {
            processes.forEach(ProcessChannel::readAll);
            read.complete(true);
        });
        read.completeOnTimeout(false, 2, TimeUnit.SECONDS).join();
        loop.close();
    }

    private void listen(ServerSocketChannel server) {
        try {
            loop.register(server, SelectionKey.OP_ACCEPT, new EventLoop.Handler() {
                @Override
                public void ready(SelectionKey key) throws IOException {
                    SocketChannel accepted = server.accept();
                    if (accepted != null) {
                        accepted(accepted);
                    }
                }

                @Override
                public void failed(Throwable cause) {
                    // out of file descriptors, say: those that are connected go on
                    facts.unreadable();
                }
            });
        } catch (IOException e) {
            facts.unreadable();
        }
    }

    private void accepted(SocketChannel socket) throws IOException {
        socket.configureBlocking(false);
        ProcessChannel process = new ProcessChannel(socket, new FrameReader(sink, facts), facts, processes::remove);
        processes.add(process);
        loop.register(socket, SelectionKey.OP_READ, process);
    }
}
