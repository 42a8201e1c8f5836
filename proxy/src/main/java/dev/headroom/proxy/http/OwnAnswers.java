package dev.headroom.proxy.http;

import dev.headroom.core.trace.Event;
import dev.headroom.core.trace.Outcome;
import java.nio.ByteBuffer;

/** What the proxy answers to one client in the app's place. Owned by the loop's thread. */
final class OwnAnswers {
    private final ClientSide client;
    private final ProxyScope scope;

    OwnAnswers(ClientSide client, ProxyScope scope) {
        this.client = client;
        this.scope = scope;
    }

    /** A request can't be passed on. */
    void refuse(MalformedMessage e) {
        Exchange current = client.exchange;
        Destination to = current == null ? scope.app : current.to;
        to.happened(Event.Kind.BAD_REQUEST, current == null ? 0 : current.id, "request refused: " + e.text());
        answer(e.status(), "the request was refused: " + e.text() + ".", Outcome.REFUSED);
    }

    /** Answers with a plain page where no byte of an answer was sent yet, and closes. */
    void answer(int status, String text, Outcome why) {
        Exchange current = client.exchange;
        boolean body = current == null || !current.request.method().equals("HEAD");
        answer(ErrorPage.of(status, text, body), why);
    }

    /** Sends a response of our own where no byte of another was sent yet, and closes. */
    void answer(ByteBuffer response, Outcome why) {
        AppSide app = client.link.side();
        boolean begun = client.exchange != null && app != null && app.hasForwarded();
        client.finish(why);
        client.link.close();
        if (!begun) {
            client.send(response);
        }
        if (!client.isClosed()) {
            client.end(true);
        }
    }

    /** Ends the request as a hosting router would: a 503 where nothing was sent yet, then the connection closes. */
    void giveUp(String text) {
        Exchange current = client.exchange;
        AppSide app = client.link.side();
        if (current == null || client.isClosed()) {
            return;
        }
        current.cut(Outcome.TIMED_OUT);
        if (app != null && !app.hasForwarded() && client.isDrained()) {
            client.send(ErrorPage.of(503, text, !current.request.method().equals("HEAD")));
        }
        client.departures.clientGone();
    }

    /** The app is over, and with it all that was under way: says so where no byte of an answer was sent yet. */
    void appEnded() {
        Exchange current = client.exchange;
        AppSide app = client.link.side();
        boolean waits = current != null && current.cutNanos() == 0 && !client.isClosed();
        if (current != null && waits && !current.responseDone && (app == null || !app.hasForwarded())) {
            boolean seen = current.to.seen;
            String text = "the app ended before it answered " + current.operation() + ".";
            current.to.happened(seen ? Event.Kind.BAD_RESPONSE : Event.Kind.APP_UNREACHABLE, current.id, text);
            answer(seen ? 502 : 503, text, seen ? Outcome.APP_GONE : Outcome.APP_UNREACHABLE);
        }
        client.abort(Outcome.APP_GONE);
    }
}
