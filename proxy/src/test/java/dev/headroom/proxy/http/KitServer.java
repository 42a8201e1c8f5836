package dev.headroom.proxy.http;

import dev.headroom.proxy.net.HeldPort;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** A real server with the compatibility kit's app, in a process of its own. */
final class KitServer implements Closeable {
    private final HeldPort port;
    private final Process process;
    private final InetSocketAddress address;

    private KitServer(HeldPort port, Process process) {
        this.port = port;
        this.process = process;
        address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port.number);
    }

    InetSocketAddress address() {
        return address;
    }

    /** Starts {@code command} in the folder of the kit's apps, with {@code {port}} replaced by a free port. */
    static KitServer start(String... command) throws Exception {
        HeldPort port = HeldPort.any();
        List<String> words = new ArrayList<>();
        for (String word : command) {
            words.add(word.replace("{port}", String.valueOf(port.number)));
        }
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(folder().toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
        builder.environment().put("NODE_PATH", nodeModules().getPath());
        KitServer server = new KitServer(port, builder.start());
        server.awaitListening();
        return server;
    }

    /** Where the kit's apps lie. */
    static Path folder() throws URISyntaxException {
        Path app = Path.of(Objects.requireNonNull(KitServer.class.getResource("kit_app.js"))
                .toURI());
        return Objects.requireNonNull(app.getParent());
    }

    /** Where {@code npm install --prefix .ci/node ws@8} puts what it gets. */
    static File nodeModules() {
        return new File("../.ci/node/node_modules").getAbsoluteFile();
    }

    /** Whether {@code tool} is on the path. */
    static boolean has(String tool) {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            if (new File(folder, tool).canExecute()) {
                return true;
            }
        }
        return false;
    }

    private void awaitListening() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
        while (true) {
            try (Socket probe = new Socket()) {
                probe.connect(address, 1000);
                return;
            } catch (IOException e) {
                if (!process.isAlive() || System.nanoTime() > deadline) {
                    close();
                    throw new IOException("the server did not start: " + process.info(), e);
                }
                // the server tells nobody when it listens, so it is asked again after a while
                process.waitFor(50, TimeUnit.MILLISECONDS);
            }
        }
    }

    @Override
    public void close() throws IOException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        port.close();
    }
}
