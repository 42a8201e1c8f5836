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
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final byte TLS_HANDSHAKE = 0x16;
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final ProxyScope scope;
    private final HttpProxy proxy;
    private final ClientChannel channel;
    private final SelectionKey key;
    private final String address;
    private final int port;
    private final Runnable pass = this::pass;

    /** The head of the request under way as the app gets it, kept in case that it must be sent again. */
    private final HeadBytes forwarded = new HeadBytes();

    private final HeldBytes held;
    private final HeadFinder heads = new HeadFinder();
    final ClientTimes times = new ClientTimes();

    @Nullable
    Exchange exchange;

    @Nullable
    AppSide app;

    /** Whether the app's part of the exchange can't begin yet: its head has not been sent. */
    boolean headPending;

    private boolean processing;
    private boolean eof;

    ClientSide(HttpProxy proxy, ProxyScope scope, SocketChannel channel) throws IOException {
        this.proxy = proxy;
        this.scope = scope;
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        address = ((InetSocketAddress) channel.getRemoteAddress()).getAddress().getHostAddress();
        port = ((InetSocketAddress) channel.getLocalAddress()).getPort();
        this.channel = new ClientChannel(channel, scope.buffers);
        held = new HeldBytes(scope.buffers);
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
        ByteBuffer in = held.isEmpty() ? scope.in.clear() : held.toAppend();
        int count = channel.read(in);
        in.flip();
        if (channel.isEnding()) {
            if (count < 0) {
                close();
            }
        } else if (count < 0) {
            ended();
        } else if (count > 0) {
            process(in);
        }
    }

    /** Goes on with what was held back. */
    void resume() {
        if (!processing && takesRequests()) {
            process(held.isEmpty() ? NOTHING : held.bytes());
        }
        update();
    }

    private void process(ByteBuffer in) {
        processing = true;
        try {
            while (takesRequests() && step(in)) {
                // each step takes what it can
            }
        } catch (MalformedMessage e) {
            refuse(e);
        } finally {
            processing = false;
        }
        if (takesRequests()) {
            held.keep(in);
        } else {
            held.release();
        }
    }

    private boolean takesRequests() {
        return !channel.isClosed() && !channel.isEnding();
    }

    /** Takes one part of a message; false where nothing more can be done for now. */
    private boolean step(ByteBuffer in) throws MalformedMessage {
        Exchange current = exchange;
        if (current == null) {
            return in.hasRemaining() && readHead(in);
        }
        AppSide to = app;
        if (to == null || !to.isConnected()) {
            return false;
        }
        if (headPending) {
            sendHead(in, current, to);
            return true;
        }
        if (!in.hasRemaining() || !to.out.isEmpty()) {
            return false;
        }
        if (current.upgraded) {
            current.bytesIn += in.remaining();
            current.lastByteNanos = System.nanoTime();
            to.send(in);
            return true;
        }
        if (current.requestDone()) {
            return false;
        }
        sendBody(in, current, to);
        return true;
    }

    private boolean readHead(ByteBuffer in) throws MalformedMessage {
        int from = in.position();
        if (in.get(from) == '\r' && in.remaining() >= 2 && in.get(from + 1) == '\n') {
            in.position(from + 2); // an empty line before a request is skipped (RFC 9112, section 2.2)
            return true;
        }
        times.head();
        if (in.get(from) == TLS_HANDSHAKE) {
            throw new MalformedMessage(400, "the client speaks TLS, but this port speaks plain HTTP");
        }
        int end = heads.end(in);
        if (end < 0) {
            return false;
        }
        scope.head.read(in, from, end);
        RequestHead request = RequestHead.of(scope.head);
        in.position(end);
        Exchange begun = new Exchange(scope, scope.nextId(), request, times.headNanos());
        times.busy();
        ForwardedHead.write(forwarded, scope.head, request, begun.id, address, port);
        exchange = begun;
        headPending = true;
        if (begun.requestDone()) {
            begun.requestDoneNanos = System.nanoTime();
        }
        scope.gate.enter(pass);
        return true;
    }

    /** The request may go to the app. */
    private void pass() {
        Exchange current = exchange;
        if (current == null || channel.isClosed()) {
            scope.gate.leave();
            return;
        }
        current.pass();
        if (app == null) {
            connect();
        }
        resume();
    }

    private void connect() {
        if (!channel.isClosed() && exchange != null) {
            app = AppSide.connect(this, scope);
        }
    }

    private void sendHead(ByteBuffer in, Exchange current, AppSide to) throws MalformedMessage {
        headPending = false;
        ByteBuffer head = scope.out.clear();
        forwarded.copyTo(head);
        if (!current.requestDone() && in.hasRemaining()) {
            int from = in.position();
            advance(in, current);
            head.put(head.position(), in, from, in.position() - from);
            head.position(head.position() + in.position() - from);
        }
        to.begin(current);
        to.send(head.flip());
        if (eof) {
            to.finishOutput();
        }
        appFlushed();
    }

    private void sendBody(ByteBuffer in, Exchange current, AppSide to) throws MalformedMessage {
        int from = in.position();
        int limit = in.limit();
        advance(in, current);
        int end = in.position();
        to.send(in.position(from).limit(end));
        in.limit(limit).position(end);
        appFlushed();
        endIfDone();
    }

    private static void advance(ByteBuffer in, Exchange current) throws MalformedMessage {
        int from = in.position();
        current.requestBody.advance(in, BodyTap.NONE);
        current.bytesIn += in.position() - from;
        current.lastByteNanos = System.nanoTime();
        if (current.requestDone()) {
            current.requestDoneNanos = current.lastByteNanos;
        }
    }

    /** The app's side took all that there was for it. */
    void appFlushed() {
        Exchange current = exchange;
        if (current != null && current.sentNanos == 0 && !headPending && current.requestDone()) {
            if (app == null || app.out.isEmpty()) {
                current.sentNanos = System.nanoTime();
            }
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
        }
        if (app != null && !headPending) {
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
        if (to == null || headPending || current.streaming) {
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
        if (to == null || (eof && to.isEnded())) {
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
            headPending = true;
            connect();
            resume();
            return;
        }
        if (current.cutNanos() == 0) {
            scope.happened(Event.Kind.BAD_RESPONSE, current.id, text);
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
        boolean patient = !scope.appSeen
                && System.nanoTime() - times.busyNanos()
                        < scope.settings.startupWait().toNanos();
        if (!patient) {
            scope.happened(Event.Kind.APP_UNREACHABLE, current.id, text);
            answer(scope.appSeen ? 502 : 503, text, Outcome.APP_UNREACHABLE);
            return;
        }
        current.appAwaited();
        scope.loop.schedule(RETRY_NANOS, () -> {
            if (exchange == current && app == null) {
                connect();
                resume();
            }
        });
    }

    private void refuse(MalformedMessage e) {
        Exchange current = exchange;
        scope.happened(Event.Kind.BAD_REQUEST, current == null ? 0 : current.id, "request refused: " + e.text());
        answer(e.status(), "the request was refused: " + e.text() + ".", Outcome.REFUSED);
    }

    /** Answers in the app's place, where no byte of an answer was sent yet, and closes. */
    void answer(int status, String text, Outcome why) {
        Exchange current = exchange;
        boolean begun = app != null && app.hasForwarded();
        boolean body = current == null || !current.request.method().equals("HEAD");
        finish(why);
        closeApp();
        if (!begun) {
            send(ErrorPage.of(status, text, body));
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
        headPending = false;
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
        held.release();
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
        if (current == null) {
            return true;
        }
        AppSide to = app;
        boolean appTakes = to != null && to.isConnected() && !headPending && to.out.isEmpty();
        if (current.upgraded || !current.requestDone()) {
            return appTakes;
        }
        return held.isEmpty(); // only to see that the client has gone
    }
}
