package dev.headroom.proxy.http;

import dev.headroom.core.digest.ValueDigester;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an HTTP proxy is told at its start.
 *
 * @param listen the address to listen on; port 0 takes a free one
 * @param upstream where the app listens; asked for each new connection
 * @param oneAtATime whether requests are passed to the app singly
 * @param enforceTimeout whether a request that a hosting router would give up on is ended (503), not only recorded
 * @param limits how long things may take, where that is not {@link TimeLimit#usual}
 * @param digester what digests the values that text responses show; null where they shall not be read
 * @param page the path that leads to a page of our own; null where none does
 */
public record HttpProxySettings(
        InetSocketAddress listen,
        AppLocation upstream,
        boolean oneAtATime,
        boolean enforceTimeout,
        Map<TimeLimit, Duration> limits,
        @Nullable ValueDigester digester,
        @Nullable PagePath page) {
    public HttpProxySettings {
        limits = Map.copyOf(limits);
        limits.forEach((limit, duration) -> {
            if (duration.isNegative() || duration.isZero()) {
                throw new IllegalArgumentException("the limit " + limit + " must be longer than nothing: " + duration);
            }
        });
    }

    /** The defaults: concurrent requests, usual limits, a router's time-outs recorded but not enforced, no page. */
    public static HttpProxySettings of(InetSocketAddress listen, AppLocation upstream) {
        return new HttpProxySettings(listen, upstream, false, false, Map.of(), null, null);
    }

    /** How long that may take. */
    public Duration limit(TimeLimit limit) {
        return limits.getOrDefault(limit, limit.usual());
    }

    /** The same, with requests passed to the app singly or not. */
    public HttpProxySettings withOneAtATime(boolean singly) {
        return new HttpProxySettings(listen, upstream, singly, enforceTimeout, limits, digester, page);
    }

    /** The same, with a hosting router's time-outs enforced or only recorded. */
    public HttpProxySettings withEnforceTimeout(boolean enforced) {
        return new HttpProxySettings(listen, upstream, oneAtATime, enforced, limits, digester, page);
    }

    /** The same, with another limit. */
    public HttpProxySettings withLimit(TimeLimit limit, Duration duration) {
        Map<TimeLimit, Duration> changed = new EnumMap<>(TimeLimit.class);
        changed.putAll(limits);
        changed.put(limit, duration);
        return new HttpProxySettings(listen, upstream, oneAtATime, enforceTimeout, changed, digester, page);
    }

    /** The same, with the values that text responses show digested. */
    public HttpProxySettings withDigester(ValueDigester values) {
        return new HttpProxySettings(listen, upstream, oneAtATime, enforceTimeout, limits, values, page);
    }

    /** The same, with a path that leads to a page of our own instead of to the app. */
    public HttpProxySettings withPage(@Nullable PagePath path) {
        return new HttpProxySettings(listen, upstream, oneAtATime, enforceTimeout, limits, digester, path);
    }
}
