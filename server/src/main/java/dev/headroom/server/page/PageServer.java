package dev.headroom.server.page;

import com.sun.net.httpserver.HttpServer;
import dev.headroom.core.HeadroomException;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Serves the page over recordings, one of which may still be written. Built on the JDK's own HTTP server: `headroom run`
 * serves the page by default and may take 80 MB in all, of which a servlet container alone would take more. Reads
 * nothing before somebody looks. Close it; thread-safe.
 */
public final class PageServer implements AutoCloseable {
    private static final int THREADS = 4;

    private final HttpServer server;
    private final ThreadPoolExecutor threads;
    private final OpenRecordings recordings;
    private final LiveStream live;
    private final URI address;

    private PageServer(
            HttpServer server, ThreadPoolExecutor threads, OpenRecordings recordings, LiveStream live, URI address) {
        this.server = server;
        this.threads = threads;
        this.recordings = recordings;
        this.live = live;
        this.address = address;
    }

    /**
     * Starts to serve.
     *
     * @param files the recordings, at least one
     * @throws HeadroomException if the port is in use
     */
    public static PageServer start(PageSettings settings, List<Path> files) {
        // Without this, small answers wait 40 ms for the client's delayed acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        try {
            InetSocketAddress wanted = new InetSocketAddress(settings.address(), settings.port());
            HttpServer server = create(wanted, settings.otherPortIfTaken());
            return serve(server, settings, files);
        } catch (IOException e) {
            throw new HeadroomException(
                    "The page could not be served at " + settings.host() + ":" + settings.port() + " (" + e.getMessage()
                            + "). Name a free port with --page-port, or leave the page out with --no-page.",
                    e);
        }
    }

    private static HttpServer create(InetSocketAddress wanted, boolean otherPortIfTaken) throws IOException {
        try {
            return HttpServer.create(wanted, 0);
        } catch (BindException e) {
            if (otherPortIfTaken) {
                return HttpServer.create(new InetSocketAddress(wanted.getAddress(), 0), 0);
            }
            throw e;
        }
    }

    private static PageServer serve(HttpServer server, PageSettings settings, List<Path> files) throws IOException {
        boolean loopback = settings.address().isLoopbackAddress();
        String token = loopback ? "" : newToken();
        int port = server.getAddress().getPort();
        Guard guard = loopback ? Guard.loopback() : Guard.withToken(token);
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                THREADS, THREADS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(1_000), task -> {
                    Thread thread = Executors.defaultThreadFactory().newThread(task);
                    thread.setName("headroom-page");
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        OpenRecordings recordings = new OpenRecordings(files, settings.context());
        LiveStream live = new LiveStream(recordings);
        Assets assets = new Assets();
        PlanAnswers plans = new PlanAnswers(settings.plans(), recordings);
        Api api = new Api(recordings, settings, plans.word());
        server.setExecutor(threads);
        server.createContext("/", exchange -> guard.handle(exchange, assets::handle));
        server.createContext(
                "/api/",
                exchange -> guard.handle(exchange, each -> {
                    live.wake();
                    api.handle(each);
                }));
        server.createContext("/api/plan", exchange -> guard.handle(exchange, plans::plan));
        server.createContext("/api/analyze", exchange -> guard.handle(exchange, plans::analyze));
        server.createContext("/api/live", exchange -> guard.handle(exchange, live::handle));
        server.start();
        String host = settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host();
        URI address = URI.create("http://" + host + ":" + port + "/" + (loopback ? "" : "?token=" + token));
        return new PageServer(server, threads, recordings, live, address);
    }

    private static String newToken() {
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    /** What to type into a browser, with the token where one is needed. */
    public URI address() {
        return address;
    }

    /** Stops serving at once. */
    @Override
    public void close() {
        live.close();
        server.stop(0);
        threads.shutdownNow();
        recordings.close();
    }
}
