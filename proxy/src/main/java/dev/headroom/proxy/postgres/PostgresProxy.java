package dev.headroom.proxy.postgres;

import dev.headroom.core.HeadroomException;
import dev.headroom.core.capture.CaptureEvent;
import dev.headroom.core.capture.CaptureSink;
import dev.headroom.core.digest.ValueDigester;
import dev.headroom.proxy.net.EventLoops;
import dev.headroom.proxy.postgres.capture.Ids;
import dev.headroom.proxy.postgres.capture.Recorder;
import dev.headroom.proxy.postgres.capture.SampleMemory;
import dev.headroom.proxy.postgres.catalogue.Catalogues;
import dev.headroom.proxy.postgres.catalogue.Plans;
import dev.headroom.proxy.postgres.tls.AppTls;
import dev.headroom.proxy.postgres.tls.Target;
import dev.headroom.proxy.postgres.upstream.Upstream;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The PostgreSQL proxy: passes the app's connections on to their servers byte for byte, and states each execution
 * ({@code QueryFinished}) and each connection ({@code ConnectionChanged}) to a {@link CaptureSink}. Bytes are forwarded
 * first and read afterwards, a little later and many together, unless the sink asks how far facts are stated; what it
 * can't read it still forwards.
 *
 * <p>Runs on the event loops it is given: connections are accepted on the first, and each goes to the loop with the
 * fewest open ones, where it stays. What is known of a database, and all ids, are the same for all loops. Its methods may
 * be called from any thread but the loops'. Close it before the loops, so that nothing that passed goes unstated.
 */
public final class PostgresProxy implements AutoCloseable {
    private static final long LONGEST_END_SECONDS = 1;
    private static final long VALUES_EVERY = TimeUnit.SECONDS.toNanos(5);

    private final LoopShares loops;
    private final Catalogues catalogues;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();

    private final CaptureSink sink;
    private final @Nullable SampleMemory memory;

    private PostgresProxy(
            EventLoops loops, CaptureSink sink, ValueDigester digester, boolean statistics, boolean values) {
        this.sink = sink;
        this.memory = values ? new SampleMemory() : null;
        this.catalogues = new Catalogues(
                loops.first(),
                statistics ? facts -> sink.offer(new CaptureEvent.DatabaseDescribed(facts)) : null,
                memory);
        AppTls appTls = new AppTls();
        CancelRoutes cancelRoutes = new CancelRoutes();
        Ids ids = new Ids();
        this.loops = new LoopShares(loops.all().stream()
                .map(events ->
                        new LoopState(events, new Recorder(sink, digester, ids), catalogues, cancelRoutes, appTls))
                .toList());
        this.loops.all().forEach(loop -> sink.follow(loop::statedUpTo));
    }

    /**
     * A proxy that listens nowhere yet.
     *
     * @param loops those to run on, which the caller closes after the proxy
     * @param sink where facts go
     * @param digester digests literals, bound values and results; the same for all of a run
     */
    public static PostgresProxy start(EventLoops loops, CaptureSink sink, ValueDigester digester) {
        return start(loops, sink, digester, true);
    }

    /**
     * The same.
     *
     * @param statistics whether the database is asked what it knows of its tables (rows, spread of values, foreign
     *     keys), from its catalogue, on a connection of our own with the credentials that the app's address holds
     */
    public static PostgresProxy start(EventLoops loops, CaptureSink sink, ValueDigester digester, boolean statistics) {
        return start(loops, sink, digester, statistics, false);
    }

    /**
     * The same.
     *
     * @param values whether of each statement that reads, the slowest and the latest execution are kept with their values
     *     and stated ({@code ValuesSampled}); bounded by {@link SampleMemory}. Off by default everywhere
     */
    public static PostgresProxy start(
            EventLoops loops, CaptureSink sink, ValueDigester digester, boolean statistics, boolean values) {
        PostgresProxy proxy = new PostgresProxy(loops, sink, digester, statistics, values);
        if (values) {
            loops.first().execute(proxy::stateValuesLater);
        }
        return proxy;
    }

    /**
     * Listens on one more address, whose connections go to {@code upstream}. The server itself is called only when the
     * app connects.
     *
     * @param bind an {@code InetSocketAddress} (port 0 for any free one) or a {@code UnixDomainSocketAddress}
     * @return the address it listens on, with its real port
     * @throws HeadroomException if nothing can listen there, or a certificate that the upstream names can't be used
     */
    public SocketAddress listen(SocketAddress bind, Upstream upstream) {
        Target target = Target.of(upstream);
        try {
            ServerSocketChannel channel = bind instanceof UnixDomainSocketAddress
                    ? ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                    : ServerSocketChannel.open();
            channel.bind(bind, 1_024);
            channel.configureBlocking(false);
            Listener listener = new Listener(loops, channel, target);
            listeners.add(listener);
            loops.first().events().execute(listener::register);
            return channel.getLocalAddress();
        } catch (IOException e) {
            throw new HeadroomException(
                    "the PostgreSQL proxy can't listen on " + bind + ": " + e.getMessage()
                            + "; is another program listening there?",
                    e);
        }
    }

    /** The plans of statements in the databases that the app uses. */
    public Plans plans() {
        return catalogues.plans();
    }

    private void stateValuesLater() {
        loops.first().events().schedule(VALUES_EVERY, () -> {
            stateValues();
            stateValuesLater();
        });
    }

    /** What has passed is read, and what is still executed stated, before the loops are closed. */
    private void endSessions() {
        CountDownLatch ended = new CountDownLatch(loops.all().size());
        for (LoopState loop : loops.all()) {
            loop.events().execute(() -> {
                loop.endSessions();
                loop.events().execute(ended::countDown);
            });
        }
        try {
            ended.await(LONGEST_END_SECONDS, TimeUnit.SECONDS); // one that is stuck does so once it goes on
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void stateValues() {
        if (memory != null) {
            memory.takeChanged(sample -> sink.offer(new CaptureEvent.ValuesSampled(sample)));
        }
    }

    /** How many executions were to be kept with their values, and were too large or too many. Any thread may ask. */
    public long unkeptValues() {
        return memory == null ? 0 : memory.unkept();
    }

    /**
     * Stops listening, closes all connections, and states the values that were kept since they were last stated. An
     * execution that is under way is stated with the rows and the time that it had until then, its outcome unknown.
     */
    @Override
    public void close() {
        listeners.forEach(Listener::close);
        listeners.clear();
        endSessions();
        stateValues();
    }
}
