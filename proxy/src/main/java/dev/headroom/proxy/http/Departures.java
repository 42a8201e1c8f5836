package dev.headroom.proxy.http;

import dev.headroom.core.trace.Event;
import dev.headroom.core.trace.Outcome;

/**
 * What becomes of a request, and of the other side's connection, when the client or the app leaves before its end. Owned
 * by the loop's thread.
 */
final class Departures {
    private final ClientSide client;
    private final ClientChannel channel;
    private final RequestReader requests;

    Departures(ClientSide client, ClientChannel channel, RequestReader requests) {
        this.client = client;
        this.channel = channel;
        this.requests = requests;
    }

    /** The client sends no more. */
    void clientEnded() {
        Exchange current = client.exchange;
        if (current == null) {
            client.close();
            return;
        }
        if (current.streaming && !current.upgraded) {
            clientGone(); // a stream has no end of its own that could be waited for
            return;
        }
        if (!current.upgraded && !current.onlyHalfClosed(System.nanoTime())) {
            current.cut(Outcome.CLIENT_GONE);
            if (requests.headWaits()) {
                clientGone(); // nothing of it has reached the app, and nobody waits for it any more
                return;
            }
        }
        AppSide app = client.link.side();
        if (app != null && !requests.headWaits()) {
            app.finishOutput();
        }
        if (current.upgraded) {
            tunnelEnded();
        }
    }

    /** The client can't be reached any more. */
    void clientGone() {
        if (channel.isClosed()) {
            return;
        }
        Exchange current = client.exchange;
        AppSide to = client.link.side();
        client.shut();
        if (current == null) {
            client.link.close();
            return;
        }
        if (!current.upgraded) {
            current.cut(Outcome.CLIENT_GONE);
        }
        if (to == null || requests.headWaits() || current.streaming) {
            client.finish(current.upgraded ? Outcome.UPGRADED : Outcome.CLIENT_GONE);
            client.link.close();
        } else {
            to.finishOutput();
            to.update();
        }
    }

    /** The app, or both sides, of another protocol's connection ended. */
    void tunnelEnded() {
        AppSide to = client.link.side();
        if (to == null || (channel.isInputEnded() && to.isEnded() && channel.isDrained())) {
            client.abort(Outcome.UPGRADED);
        } else if (to.isEnded() && channel.isDrained()) {
            channel.endOutput();
        }
    }

    /** The connection to the app ended while its response was due. */
    void appGone(AppSide from, Outcome why, String text) {
        Exchange current = client.exchange;
        client.link.forget(from);
        if (current == null) {
            return;
        }
        if (from.hasForwarded() || channel.isClosed()) {
            ResponseHead response = current.response;
            boolean endShows = response == null || !response.body().untilClose();
            client.finish(current.upgraded ? Outcome.UPGRADED : why);
            if (endShows) {
                client.end(false);
            } else {
                channel.reset();
                client.shut();
            }
            return;
        }
        boolean stale = from.isReused() && current.firstByteNanos == 0;
        if (stale && !current.retried && current.request.repeatable()) {
            current.retried = true;
            requests.sendHeadAgain();
            client.link.connect();
            client.resume();
            return;
        }
        if (current.firstByteNanos != 0) {
            unanswered(current, why, text);
            return;
        }
        current.to.silence.explain(from.address, text, explained -> {
            if (client.exchange == current && !channel.isClosed()) {
                unanswered(current, why, explained);
            }
        });
    }

    private void unanswered(Exchange current, Outcome why, String text) {
        if (current.cutNanos() == 0) {
            current.to.happened(Event.Kind.BAD_RESPONSE, current.id, text);
        }
        client.answers.answer(502, text, why);
    }
}
