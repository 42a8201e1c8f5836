package dev.headroom.proxy.http;

import dev.headroom.core.trace.Outcome;
import dev.headroom.proxy.net.EventLoop;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * A client's connection: reads its requests one after the other and hands each, with its body, to an {@link AppSide} of
 * its own. Owned by the loop's thread.
 */
final class ClientSide implements EventLoop.Handler {
    private final ProxyScope scope;
    private final HttpProxy proxy;
    private final ClientChannel channel;
    private final Runnable pass = this::pass;

    private final RequestReader requests;
    final AppLink link;
    final OwnAnswers answers;
    final Departures departures;
    final ClientTimes times = new ClientTimes();

    @Nullable
    Exchange exchange;

    ClientSide(HttpProxy proxy, ProxyScope scope, SocketChannel channel) throws IOException {
        this.proxy = proxy;
        this.scope = scope;
        this.channel = new ClientChannel(channel, scope.loop, this);
        requests = new RequestReader(
                this,
                scope,
                (InetSocketAddress) channel.getRemoteAddress(),
                ((InetSocketAddress) channel.getLocalAddress()).getPort());
        link = new AppLink(this, scope);
        answers = new OwnAnswers(this, scope);
        departures = new Departures(this, this.channel, requests);
        times.rest(System.nanoTime());
    }

    @Override
    public void ready(SelectionKey ready) throws IOException {
        if (ready.isWritable() && channel.flush()) {
            flushed();
        }
        if (!channel.isClosed() && ready.isValid() && ready.isReadable()) {
            read();
        }
        update();
    }

    @Override
    public void failed(Throwable cause) {
        departures.clientGone();
    }

    private void read() throws IOException {
        ByteBuffer in = requests.buffer();
        int count = channel.read(in);
        in.flip();
        if (channel.isEnding()) {
            if (count < 0) {
                close();
            }
        } else if (count < 0) {
            departures.clientEnded();
        } else if (count > 0) {
            requests.process(in);
        }
    }

    /** Goes on with what was held back. */
    void resume() {
        requests.resume();
        update();
    }

    /** Whether another request may still come. */
    boolean takesRequests() {
        return !channel.isClosed() && !channel.isEnding();
    }

    /** Whether more of the body of the request under way could be used, and is not there. */
    boolean awaitsBody() {
        Exchange current = exchange;
        return current != null
                && !current.upgraded
                && !current.requestDone()
                && !channel.isClosed()
                && requests.wantsBytes(current, link.side());
    }

    /** A request's head was read, at {@code now}. */
    void begin(Exchange next, long now) {
        exchange = next;
        times.busy(now);
        next.to.gate.enter(pass);
    }

    /** The request may go to the app. */
    private void pass() {
        Exchange current = exchange;
        if (current == null || channel.isClosed()) {
            scope.app.gate.leave(); // only there does anybody wait for a turn
            return;
        }
        current.pass();
        link.open(current);
        resume();
    }

    /** The head, and what was there of the body, went to the app. */
    void headSent(AppSide to) {
        if (channel.isInputEnded()) {
            to.finishOutput();
        }
        appFlushed();
    }

    /** More of the body went to the app. */
    void bodySent() {
        appFlushed();
        endIfDone();
    }

    /** The app's side took all that there was for it. */
    void appFlushed() {
        Exchange current = exchange;
        AppSide to = link.side();
        boolean sent = current != null && !requests.headWaits() && current.requestDone();
        if (current != null && sent && current.sentNanos == 0 && (to == null || to.out.isEmpty())) {
            current.sentNanos = System.nanoTime();
        }
    }

    /** Sends bytes of the response to the client; drops them where there is none any more. */
    void send(ByteBuffer bytes) {
        if (!channel.send(bytes)) {
            departures.clientGone();
        }
        update();
    }

    /** Whether nobody is there any more to send to. */
    boolean isClosed() {
        return channel.isClosed();
    }

    /** Whether the client has taken all that was sent. */
    boolean isDrained() {
        return channel.isDrained();
    }

    /** The app's response is complete. */
    void responseDone() {
        Exchange current = exchange;
        if (current != null) {
            current.responseDone = true;
            endIfDone();
        }
    }

    private void flushed() {
        if (channel.isEnding()) {
            channel.drained();
            afterEnd();
            return;
        }
        Exchange current = exchange;
        if (current != null && current.upgraded) {
            departures.tunnelEnded();
        } else {
            endIfDone();
        }
        AppSide from = link.side();
        if (from != null) {
            from.update();
        }
    }

    private void endIfDone() {
        Exchange current = exchange;
        if (current == null || !current.responseDone || !channel.isDrained()) {
            return;
        }
        ResponseHead response = current.response;
        boolean kept = !channel.isClosed()
                && !channel.isInputEnded()
                && current.request.persistent()
                && response != null
                && response.persistent();
        boolean unread = !current.requestDone();
        if (kept && unread && link.side() != null) {
            return; // the answer came early: the rest of the body still goes to the app
        }
        long ended = finish(Outcome.COMPLETED);
        if (kept && !unread) {
            times.rest(ended);
            resume();
        } else {
            link.close();
            end(unread);
        }
    }

    /** Closes when all is written. */
    void end(boolean linger) {
        times.rest(System.nanoTime());
        channel.end(linger);
        afterEnd();
    }

    private void afterEnd() {
        if (channel.isClosed()) {
            shut();
        } else if (channel.isLingering()) {
            times.lingers(System.nanoTime());
        }
        update();
    }

    /** The connection to the app ended between requests. */
    void appLeft(AppSide from) {
        if (link.forget(from)) {
            endIfDone();
        }
    }

    /** States how the request under way ended; what the monotonic clock said then. */
    long finish(Outcome outcome) {
        Exchange current = exchange;
        exchange = null;
        requests.over();
        long now = System.nanoTime();
        if (current != null) {
            current.finish(outcome, now);
        }
        if (channel.isClosed()) {
            proxy.forget(this);
        }
        return now;
    }

    /** Closes both connections; a request under way ends as {@code outcome}. */
    void abort(Outcome outcome) {
        finish(outcome);
        close();
    }

    void close() {
        link.close();
        shut();
    }

    /** Closes the client's channel and lets go of what belongs to it; a request under way goes on without a client. */
    void shut() {
        channel.close();
        requests.release();
        if (exchange == null) {
            proxy.forget(this);
        }
    }

    /** Asks the selector for what this side can use now. */
    void update() {
        channel.watch(wantsToRead());
    }

    private boolean wantsToRead() {
        Exchange current = exchange;
        if (channel.isEnding()) {
            return channel.isLingering();
        }
        return current == null || requests.wantsBytes(current, link.side());
    }
}
