package dev.headroom.proxy.http;

import dev.headroom.core.trace.Event;
import dev.headroom.core.trace.Outcome;
import java.util.concurrent.TimeUnit;

/**
 * The time-outs of one proxy's connections, looked at from time to time, so that a request costs no timer of its own. A
 * request that a hosting router would give up on is recorded, and ended where that is wanted.
 */
final class Patience {
    private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long LONGEST_PERIOD = TimeUnit.SECONDS.toNanos(1);

    private final ProxyScope scope;
    private final long firstByte;
    private final long idle;
    private final long head;
    private final long body;
    private final long keepAlive;
    private final long abandoned;

    Patience(ProxyScope scope) {
        this.scope = scope;
        HttpProxySettings settings = scope.settings;
        firstByte = settings.limit(TimeLimit.FIRST_BYTE).toNanos();
        idle = settings.limit(TimeLimit.IDLE).toNanos();
        head = settings.limit(TimeLimit.HEAD).toNanos();
        body = settings.limit(TimeLimit.BODY).toNanos();
        keepAlive = settings.limit(TimeLimit.KEEP_ALIVE).toNanos();
        abandoned = settings.limit(TimeLimit.ABANDONED_WORK).toNanos();
    }

    /** How often to look. */
    long periodNanos() {
        long shortest =
                Math.min(Math.min(firstByte, idle), Math.min(Math.min(head, body), Math.min(keepAlive, abandoned)));
        return Math.max(TimeUnit.MILLISECONDS.toNanos(5), Math.min(LONGEST_PERIOD, shortest / 8));
    }

    /** Ends or records what has taken too long. */
    void check(ClientSide client, long now) {
        Exchange exchange = client.exchange;
        if (exchange != null) {
            check(client, exchange, now);
        } else if (client.times.lingeredFor(LINGER_NANOS, now) || client.times.restedFor(keepAlive, now)) {
            client.close();
        } else if (client.times.headTookMoreThan(head, now)) {
            String text = "the request's head was not complete after " + TimeUnit.NANOSECONDS.toSeconds(head) + " s.";
            scope.app.happened(Event.Kind.BAD_REQUEST, 0, text);
            client.answers.answer(408, text, Outcome.REFUSED);
        }
    }

    private void check(ClientSide client, Exchange exchange, long now) {
        if (exchange.cutNanos() != 0 && now - exchange.cutNanos() > abandoned) {
            client.abort(Outcome.CLIENT_GONE);
            return;
        }
        if (exchange.bodyStalls(client.awaitsBody(), body, now)) {
            if (exchange.responseDone) {
                client.abort(Outcome.COMPLETED); // the answer came early, and the client saved itself the body
                return;
            }
            String what = exchange.continueAwaited()
                    ? "the client asked for a 100 Continue, and neither that nor the body came for "
                    : "no more of the request's body came for ";
            String text = what + TimeUnit.NANOSECONDS.toSeconds(body) + " s.";
            exchange.to.happened(Event.Kind.BAD_REQUEST, exchange.id, text);
            client.answers.answer(408, text, Outcome.CLIENT_GONE);
            return;
        }
        if (exchange.timeoutStated || exchange.sentNanos == 0) {
            return;
        }
        if (exchange.firstByteNanos == 0) {
            if (now - exchange.sentNanos > firstByte) {
                String text = exchange.operation() + " had no byte of a response " + millis(firstByte)
                        + " ms after it was sent to the app";
                state(client, exchange, Event.Kind.ROUTER_TIMEOUT, text);
            }
        } else if (now - exchange.lastByteNanos > idle) {
            String text = exchange.operation() + " had no byte in either direction for " + millis(idle) + " ms";
            state(client, exchange, Event.Kind.IDLE_TIMEOUT, text);
        }
    }

    private void state(ClientSide client, Exchange exchange, Event.Kind kind, String text) {
        exchange.timeoutStated = true;
        boolean enforced = scope.settings.enforceTimeout();
        String then = enforced
                ? "; ended then, as a hosting router does (--enforce-timeout); in flight: "
                : "; a hosting router gives up then; in flight: ";
        exchange.to.happened(kind, exchange.id, text + then + exchange.to.inFlight());
        if (enforced) {
            client.answers.giveUp(text + ".");
        }
    }

    private static long millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }
}
