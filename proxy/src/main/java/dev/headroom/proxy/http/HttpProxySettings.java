package dev.headroom.proxy.http;

import dev.headroom.core.digest.ValueDigester;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What an HTTP proxy is told at its start.
 *
 * @param listen the address to listen on; port 0 takes a free one
 * @param upstream where the app listens; asked for each new connection on the loop's thread, so it must not block; null
 *     while that is not known
 * @param oneAtATime whether requests are passed to the app singly
 * @param enforceTimeout whether a request that a hosting router would give up on is ended (503), not only recorded
 * @param firstByteTimeout from headers and body sent to the response's first byte
 * @param idleTimeout how long no byte may move in either direction after the response's first byte
 * @param startupWait how long requests wait for an app that has not yet listened
 * @param headTimeout how long a client may take to send a request's head
 * @param keepAlive how long a connection without a request is kept
 * @param abandonedWork how long the app's answer to a client that has gone is waited for
 * @param digester what digests the values that text responses show; null where they shall not be read
 */
public record HttpProxySettings(
        InetSocketAddress listen,
        Supplier<@Nullable InetSocketAddress> upstream,
        boolean oneAtATime,
        boolean enforceTimeout,
        Duration firstByteTimeout,
        Duration idleTimeout,
        Duration startupWait,
        Duration headTimeout,
        Duration keepAlive,
        Duration abandonedWork,
        @Nullable ValueDigester digester) {
    public HttpProxySettings {
        for (Duration duration :
                new Duration[] {firstByteTimeout, idleTimeout, startupWait, headTimeout, keepAlive, abandonedWork}) {
            if (duration.isNegative() || duration.isZero()) {
                throw new IllegalArgumentException("a time-out must be longer than nothing: " + duration);
            }
        }
    }

    /**
     * The defaults: concurrent requests, time-outs recorded but not enforced, 30 s to the first byte and 55 s without
     * one later (as Heroku's router counts: error codes H12 and H15), 60 s for the app to start.
     */
    public static HttpProxySettings of(InetSocketAddress listen, Supplier<@Nullable InetSocketAddress> upstream) {
        return new HttpProxySettings(
                listen,
                upstream,
                false,
                false,
                Duration.ofSeconds(30),
                Duration.ofSeconds(55),
                Duration.ofSeconds(60),
                Duration.ofSeconds(60),
                Duration.ofSeconds(120),
                Duration.ofMinutes(10),
                null);
    }

    /** The same, with requests passed to the app singly or not. */
    public HttpProxySettings withOneAtATime(boolean singly) {
        return new HttpProxySettings(
                listen,
                upstream,
                singly,
                enforceTimeout,
                firstByteTimeout,
                idleTimeout,
                startupWait,
                headTimeout,
                keepAlive,
                abandonedWork,
                digester);
    }

    /** The same, with a hosting router's time-outs enforced or only recorded. */
    public HttpProxySettings withEnforceTimeout(boolean enforced) {
        return new HttpProxySettings(
                listen,
                upstream,
                oneAtATime,
                enforced,
                firstByteTimeout,
                idleTimeout,
                startupWait,
                headTimeout,
                keepAlive,
                abandonedWork,
                digester);
    }

    /** The same, with other time-outs of a hosting router. */
    public HttpProxySettings withRouterTimeouts(Duration firstByte, Duration idle) {
        return new HttpProxySettings(
                listen,
                upstream,
                oneAtATime,
                enforceTimeout,
                firstByte,
                idle,
                startupWait,
                headTimeout,
                keepAlive,
                abandonedWork,
                digester);
    }

    /** The same, with another wait for an app that has not yet listened. */
    public HttpProxySettings withStartupWait(Duration wait) {
        return new HttpProxySettings(
                listen,
                upstream,
                oneAtATime,
                enforceTimeout,
                firstByteTimeout,
                idleTimeout,
                wait,
                headTimeout,
                keepAlive,
                abandonedWork,
                digester);
    }

    /** The same, with other patience with clients: for a head, and for the next request on a connection. */
    public HttpProxySettings withClientTimeouts(Duration head, Duration rest) {
        return new HttpProxySettings(
                listen,
                upstream,
                oneAtATime,
                enforceTimeout,
                firstByteTimeout,
                idleTimeout,
                startupWait,
                head,
                rest,
                abandonedWork,
                digester);
    }

    /** The same, with another bound on how long the answer to a client that has gone is waited for. */
    public HttpProxySettings withAbandonedWork(Duration bound) {
        return new HttpProxySettings(
                listen,
                upstream,
                oneAtATime,
                enforceTimeout,
                firstByteTimeout,
                idleTimeout,
                startupWait,
                headTimeout,
                keepAlive,
                bound,
                digester);
    }

    /** The same, with the values that text responses show digested. */
    public HttpProxySettings withDigester(ValueDigester values) {
        return new HttpProxySettings(
                listen,
                upstream,
                oneAtATime,
                enforceTimeout,
                firstByteTimeout,
                idleTimeout,
                startupWait,
                headTimeout,
                keepAlive,
                abandonedWork,
                values);
    }
}
