package dev.headroom.proxy.http;

import dev.headroom.core.trace.Event;
import dev.headroom.core.trace.Outcome;
import dev.headroom.proxy.net.EventLoop;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A client's connection: reads its requests one after the other and hands each, with its body, to an {@link AppSide} of
 * its own. Owned by the loop's thread.
 */
final class ClientSide implements EventLoop.Handler {
    private static final long SHORTEST_RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long LONGEST_RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final ProxyScope scope;
    private final HttpProxy proxy;
    private final ClientChannel channel;
    private final SelectionKey key;
    private final Runnable pass = this::pass;

    private final RequestReader requests;
    final ClientTimes times = new ClientTimes();

    @Nullable
    Exchange exchange;

    @Nullable
    AppSide app;

    private boolean eof;

    ClientSide(HttpProxy proxy, ProxyScope scope, SocketChannel channel) throws IOException {
        this.proxy = proxy;
        this.scope = scope;
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        this.channel = new ClientChannel(channel, scope.buffers);
        requests = new RequestReader(
                this,
                scope,
                (InetSocketAddress) channel.getRemoteAddress(),
                ((InetSocketAddress) channel.getLocalAddress()).getPort());
        times.rest();
        key = scope.loop.register(channel, SelectionKey.OP_READ, this);
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
        gone();
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
            ended();
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
                && requests.wantsBytes(current, app);
    }

    /** A request's head was read. */
    void begin(Exchange next) {
        exchange = next;
        times.busy();
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
        if (app != null && app.to != current.to) {
            closeApp();
        }
        if (app == null) {
            connect();
        }
        resume();
    }

    private void connect() {
        Exchange current = exchange;
        if (!channel.isClosed() && current != null) {
            app = AppSide.connect(this, scope, current.to);
        }
    }

    /** The head, and what was there of the body, went to the app. */
    void headSent(AppSide to) {
        if (eof) {
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
        boolean sent = current != null && !requests.headWaits() && current.requestDone();
        if (current != null && sent && current.sentNanos == 0 && (app == null || app.out.isEmpty())) {
            current.sentNanos = System.nanoTime();
        }
    }

    /** The client sends no more. */
    private void ended() {
        eof = true;
        Exchange current = exchange;
        if (current == null) {
            close();
            return;
        }
        if (current.streaming && !current.upgraded) {
            gone(); // a stream has no end of its own that could be waited for
            return;
        }
        if (!current.upgraded && !current.onlyHalfClosed(System.nanoTime())) {
            current.cut(Outcome.CLIENT_GONE);
            if (requests.headWaits()) {
                gone(); // nothing of it has reached the app, and nobody waits for it any more
                return;
            }
        }
        if (app != null && !requests.headWaits()) {
            app.finishOutput();
        }
        if (current.upgraded) {
            tunnelEnded();
        }
    }

    /** The client can't be reached any more. */
    private void gone() {
        if (channel.isClosed()) {
            return;
        }
        Exchange current = exchange;
        AppSide to = app;
        shut();
        if (current == null) {
            closeApp();
            return;
        }
        if (!current.upgraded) {
            current.cut(Outcome.CLIENT_GONE);
        }
        if (to == null || requests.headWaits() || current.streaming) {
            finish(current.upgraded ? Outcome.UPGRADED : Outcome.CLIENT_GONE);
            closeApp();
        } else {
            to.finishOutput();
            to.update();
        }
    }

    /** Sends bytes of the response to the client; drops them where there is none any more. */
    void send(ByteBuffer bytes) {
        if (!channel.send(bytes)) {
            gone();
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
            tunnelEnded();
        } else {
            endIfDone();
        }
        AppSide from = app;
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
                && !eof
                && current.request.persistent()
                && response != null
                && response.persistent();
        boolean unread = !current.requestDone();
        if (kept && unread && app != null) {
            return; // the answer came early: the rest of the body still goes to the app
        }
        finish(Outcome.COMPLETED);
        if (kept && !unread) {
            times.rest();
            resume();
        } else {
            closeApp();
            end(unread);
        }
    }

    /** Closes when all is written. */
    private void end(boolean linger) {
        times.rest();
        channel.end(linger);
        afterEnd();
    }

    private void afterEnd() {
        if (channel.isClosed()) {
            shut();
        } else if (channel.isLingering()) {
            times.lingers();
        }
        update();
    }

    /** The connection to the app ended between requests. */
    void appLeft(AppSide from) {
        if (app == from) {
            app = null;
            endIfDone();
        }
    }

    /** The app, or both sides, of another protocol's connection ended. */
    void tunnelEnded() {
        AppSide to = app;
        if (to == null || (eof && to.isEnded() && channel.isDrained())) {
            abort(Outcome.UPGRADED);
        } else if (to.isEnded() && channel.isDrained()) {
            channel.endOutput();
        }
    }

    /** The connection to the app ended while its response was due. */
    void appGone(AppSide from, Outcome why, String text) {
        Exchange current = exchange;
        app = null;
        if (current == null) {
            return;
        }
        if (from.hasForwarded() || channel.isClosed()) {
            ResponseHead response = current.response;
            boolean endShows = response == null || !response.body().untilClose();
            finish(current.upgraded ? Outcome.UPGRADED : why);
            if (endShows) {
                end(false);
            } else {
                channel.reset();
                shut();
            }
            return;
        }
        boolean stale = from.isReused() && current.firstByteNanos == 0;
        if (stale && !current.retried && current.request.repeatable()) {
            current.retried = true;
            requests.sendHeadAgain();
            connect();
            resume();
            return;
        }
        if (current.cutNanos() == 0) {
            current.to.happened(Event.Kind.BAD_RESPONSE, current.id, text);
        }
        answer(502, text, why);
    }

    /** No connection to the app could be made: tries again soon where it has not listened yet, or gives up. */
    void appRefused(String text) {
        app = null;
        Exchange current = exchange;
        if (current == null || channel.isClosed()) {
            return;
        }
        long waited = System.nanoTime() - times.busyNanos();
        if (current.to.seen
                || waited > scope.settings.limit(TimeLimit.APP_START).toNanos()) {
            current.to.happened(Event.Kind.APP_UNREACHABLE, current.id, text);
            answer(current.to.seen ? 502 : 503, text, Outcome.APP_UNREACHABLE);
            return;
        }
        current.appAwaited();
        // more and more seldom, so that many who wait don't take the processor from an app that starts
        long delay = Math.min(LONGEST_RETRY_NANOS, SHORTEST_RETRY_NANOS + waited / 10);
        scope.loop.schedule(delay, () -> {
            if (exchange == current && app == null) {
                connect();
                resume();
            }
        });
    }

    /** A request can't be passed on. */
    void refuse(MalformedMessage e) {
        Exchange current = exchange;
        Destination to = current == null ? scope.app : current.to;
        to.happened(Event.Kind.BAD_REQUEST, current == null ? 0 : current.id, "request refused: " + e.text());
        answer(e.status(), "the request was refused: " + e.text() + ".", Outcome.REFUSED);
    }

    /** Answers in the app's place, where no byte of an answer was sent yet, and closes. */
    void answer(int status, String text, Outcome why) {
        Exchange current = exchange;
        boolean body = current == null || !current.request.method().equals("HEAD");
        answer(ErrorPage.of(status, text, body), why);
    }

    /** Sends a response of our own, where no byte of another was sent yet, and closes. */
    void answer(ByteBuffer response, Outcome why) {
        boolean begun = exchange != null && app != null && app.hasForwarded();
        finish(why);
        closeApp();
        if (!begun) {
            send(response);
        }
        if (!channel.isClosed()) {
            end(true);
        }
    }

    /** Ends the request as a hosting router would: a 503 where nothing was sent yet, then the connection closes. */
    void giveUp(String text) {
        Exchange current = exchange;
        AppSide from = app;
        if (current == null || channel.isClosed()) {
            return;
        }
        current.cut(Outcome.TIMED_OUT);
        if (from != null && !from.hasForwarded() && channel.isDrained()) {
            send(ErrorPage.of(503, text, !current.request.method().equals("HEAD")));
        }
        gone();
    }

    /** States how the request under way ended. */
    void finish(Outcome outcome) {
        Exchange current = exchange;
        exchange = null;
        requests.over();
        if (current != null) {
            current.finish(outcome);
        }
        if (channel.isClosed()) {
            proxy.forget(this);
        }
    }

    /** Closes both connections; a request under way ends as {@code outcome}. */
    void abort(Outcome outcome) {
        finish(outcome);
        close();
    }

    void close() {
        closeApp();
        shut();
    }

    private void closeApp() {
        AppSide to = app;
        app = null;
        if (to != null) {
            to.close();
        }
    }

    /** Closes the client's channel and lets go of what belongs to it; a request under way goes on without a client. */
    private void shut() {
        channel.close();
        requests.release();
        if (exchange == null) {
            proxy.forget(this);
        }
    }

    /** Asks the selector for what this side can use now. */
    void update() {
        if (channel.isClosed() || !key.isValid()) {
            return;
        }
        int operations = channel.isDrained() ? 0 : SelectionKey.OP_WRITE;
        if (!eof && wantsToRead()) {
            operations |= SelectionKey.OP_READ;
        }
        if (key.interestOps() != operations) {
            key.interestOps(operations);
        }
    }

    private boolean wantsToRead() {
        Exchange current = exchange;
        if (channel.isEnding()) {
            return channel.isLingering();
        }
        return current == null || requests.wantsBytes(current, app);
    }
}
