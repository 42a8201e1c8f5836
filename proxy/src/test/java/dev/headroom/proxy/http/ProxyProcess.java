package dev.headroom.proxy.http;

import dev.headroom.core.capture.CaptureEvent;
import dev.headroom.core.capture.CaptureMeter;
import dev.headroom.core.capture.CaptureSink;
import dev.headroom.core.digest.ValueDigester;
import dev.headroom.proxy.net.EventLoop;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** A proxy in a JVM of its own, with the memory that a test says. */
final class ProxyProcess implements AutoCloseable {
    private final Process process;
    private final int port;

    private ProxyProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static ProxyProcess start(InetSocketAddress app, String... options) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ProxyProcess.class.getName()));
        command.add(String.valueOf(app.getPort()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader out = process.inputReader();
        return new ProxyProcess(process, Integer.parseInt(String.valueOf(out.readLine())));
    }

    int port() {
        return port;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** Serves until standard input ends. */
    public static void main(String[] arguments) throws IOException {
        CaptureMeter meter = new CaptureMeter();
        CaptureSink sink = new CaptureSink() {
            @Override
            public boolean offer(CaptureEvent event) {
                return true;
            }

            @Override
            public CaptureMeter meter() {
                return meter;
            }
        };
        InetAddress here = InetAddress.getLoopbackAddress();
        InetSocketAddress app = new InetSocketAddress(here, Integer.parseInt(arguments[0]));
        try (EventLoop loop = EventLoop.start("http");
                HttpProxy proxy = HttpProxy.start(
                        loop,
                        sink,
                        HttpProxySettings.of(new InetSocketAddress(here, 0), () -> app)
                                .withDigester(ValueDigester.withRandomSalt()))) {
            System.out.println(proxy.port());
            System.out.flush();
            while (System.in.read() >= 0) {
                // until the test ends
            }
        }
    }
}
