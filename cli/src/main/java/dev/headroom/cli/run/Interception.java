package dev.headroom.cli.run;

import dev.headroom.cli.address.AddressRewriter;
import dev.headroom.cli.address.RewrittenEnvironment;
import dev.headroom.cli.process.Watchdog;
import dev.headroom.core.capture.CaptureSink;
import dev.headroom.core.digest.ValueDigester;
import dev.headroom.proxy.http.HttpProxy;
import dev.headroom.proxy.http.HttpProxySettings;
import dev.headroom.proxy.http.PagePath;
import dev.headroom.proxy.net.EventLoop;
import dev.headroom.proxy.net.EventLoops;
import dev.headroom.proxy.postgres.PostgresProxy;
import dev.headroom.proxy.postgres.catalogue.Plans;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All that stands around one app: the proxies, what is put into it, and what it is started with. Closed when it ended. */
final class Interception implements AutoCloseable {
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final PrivateFolder folder;
    private final Watchdog watchdog;
    private final Instrumentation instrumentation;
    private final DatabaseProxies databases;
    private final PostgresProxy database;
    private final HttpProxy http;
    private final RewrittenEnvironment rewritten;
    private final Map<String, String> appEnvironment;
    private final int appPort = FreePort.any();
    private final AppAddress appAddress = new AppAddress(appPort);

    private Interception(
            RunSettings settings,
            List<String> command,
            Map<String, String> environment,
            Front front,
            @Nullable PagePath page,
            CaptureSink sink,
            Messages messages) {
        boolean complete = false;
        try {
            folder = opened(PrivateFolder.create());
            Path addresses = folder.path().resolve("addresses");
            watchdog = opened(Watchdog.start(Math.max(1, settings.grace().toSeconds()), addresses, folder.path()));
            instrumentation = opened(Instrumentation.start(settings.instrument(), folder.path(), sink, messages));
            ValueDigester digester = ValueDigester.withRandomSalt();
            EventLoops databaseLoops = opened(EventLoops.start("headroom-postgres"));
            EventLoop httpLoop = opened(EventLoop.start("headroom-http"));
            sink.follow(httpLoop::busySince);
            database = opened(PostgresProxy.start(
                    databaseLoops, sink, digester, settings.databaseStatistics(), settings.recordValues()));
            CaptureSink requests = instrumentation.atTimeouts();
            http = opened(front.open(
                    address -> HttpProxy.start(
                            httpLoop,
                            requests,
                            HttpProxySettings.of(address, appAddress)
                                    .withPage(page)
                                    .withDigester(digester)
                                    .withOneAtATime(settings.oneAtATime())
                                    .withEnforceTimeout(settings.enforceTimeout())),
                    messages::say));
            databases = new DatabaseProxies(database, folder, messages);
            rewritten = new AddressRewriter(environment, databases)
                    .rewrite(
                            PortArguments.replaced(command, Front.callerPort(environment), appPort),
                            settings.databases(),
                            addresses);
            appEnvironment = new TreeMap<>(rewritten.variables());
            AppPort.tell(appPort, appEnvironment);
            instrumentation.tell(folder.path(), appEnvironment);
            complete = true;
        } finally {
            if (!complete) {
                close();
            }
        }
    }

    /**
     * Opens it.
     *
     * @param command what starts the app
     * @param environment the caller's
     * @param page the path of the app's port that leads to the page; null for none
     * @param sink where facts go
     */
    static Interception open(
            RunSettings settings,
            List<String> command,
            Map<String, String> environment,
            Front front,
            @Nullable PagePath page,
            CaptureSink sink,
            Messages messages) {
        return new Interception(settings, command, environment, front, page, sink, messages);
    }

    /** The plans of statements in the app's databases. */
    Plans plans() {
        return database.plans();
    }

    /** How many executions could not be kept with their values, where that was asked for. */
    long unkeptValues() {
        return database.unkeptValues();
    }

    /** The command to start the app with. */
    List<String> arguments() {
        return rewritten.arguments();
    }

    /** The environment to start the app with. */
    Map<String, String> appEnvironment() {
        return appEnvironment;
    }

    /** What was rewritten, and what was left as it is. */
    RewrittenEnvironment rewritten() {
        return rewritten;
    }

    /** Waits, for so long at most, for what the app has to tell of what it did until now. */
    void awaitTold(Duration atMost) {
        instrumentation.awaitTold(atMost);
    }

    /** The listeners that stand for the app's databases. */
    DatabaseProxies databases() {
        return databases;
    }

    /** The port in front of the app. */
    int frontPort() {
        return http.port();
    }

    /** The port that the app is told. */
    int appPort() {
        return appPort;
    }

    /** Where requests go. */
    AppAddress appAddress() {
        return appAddress;
    }

    /** Ends the app if we die. */
    Watchdog watchdog() {
        return watchdog;
    }

    /** What is put into the app. */
    Instrumentation instrumentation() {
        return instrumentation;
    }

    @Override
    public void close() {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                throw new IllegalStateException("a part of the interception could not be closed", e);
            }
        }
    }

    private <T extends AutoCloseable> T opened(T part) {
        opened.push(part);
        return part;
    }
}
