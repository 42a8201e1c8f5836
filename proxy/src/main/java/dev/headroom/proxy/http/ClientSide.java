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
    private final SocketChannel channel;
    private final SelectionKey key;
    private final String address;
    private final int port;
    private final Runnable pass = this::pass;

    /** The head of the request under way as the app gets it, kept in case that it must be sent again. */
    private final HeadBytes forwarded = new HeadBytes();

    private final HeldBytes held;
    private int scanned;

    final OutQueue out;
    final ClientTimes times = new ClientTimes();

    @Nullable
    Exchange exchange;

    @Nullable
    AppSide app;

    /** Whether the app's part of the exchange can't begin yet: its head has not been sent. */
    boolean headPending;

    private boolean processing;
    boolean eof;
    private boolean closing;
    private boolean lingering;
    boolean closed;

    ClientSide(HttpProxy proxy, ProxyScope scope, SocketChannel channel) throws IOException {
        this.proxy = proxy;
        this.scope = scope;
        this.channel = channel;
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        address = ((InetSocketAddress) channel.getRemoteAddress()).getAddress().getHostAddress();
        port = ((InetSocketAddress) channel.getLocalAddress()).getPort();
        out = new OutQueue(scope.buffers);
        held = new HeldBytes(scope.buffers);
        times.rest();
        key = scope.loop.register(channel, SelectionKey.OP_READ, this);
    }

    @Override
    public void ready(SelectionKey ready) throws IOException {
        if (ready.isWritable() && out.flush(channel)) {
            flushed();
        }
        if (!closed && ready.isValid() && ready.isReadable()) {
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
        if (lingering) {
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
        if (!processing && !closed) {
            process(held.isEmpty() ? NOTHING : held.bytes());
        }
        update();
    }

    private void process(ByteBuffer in) {
        processing = true;
        try {
            while (!closed && !closing && step(in)) {
                // each step takes what it can
            }
        } catch (MalformedMessage e) {
            refuse(e);
        } finally {
            processing = false;
        }
        if (closed || closing) {
            held.release();
        } else {
            held.keep(in);
        }
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
        int end = MessageHead.end(in, from, from + scanned);
        if (end < 0 && in.remaining() < MessageHead.LIMIT) {
            scanned = in.remaining();
            return false;
        }
        if (end < 0 || end - from > MessageHead.LIMIT) {
            throw new MalformedMessage(431, "the head is longer than " + MessageHead.LIMIT + " bytes");
        }
        scanned = 0;
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
        if (current == null || closed) {
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
        if (!closed && exchange != null) {
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
    void gone() {
        if (closed) {
            return;
        }
        Exchange current = exchange;
        AppSide to = app;
        shut();
        if (current == null) {
            return;
        }
        current.cut(Outcome.CLIENT_GONE);
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
        if (closed) {
            bytes.position(bytes.limit());
            return;
        }
        try {
            out.write(channel, bytes);
        } catch (IOException e) {
            bytes.position(bytes.limit());
            gone();
        }
        update();
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
        if (closing) {
            closeOrLinger();
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
        if (current == null || !current.responseDone || !out.isEmpty()) {
            return;
        }
        ResponseHead response = current.response;
        boolean kept = !closed
                && !eof
                && app != null
                && current.request.persistent()
                && response != null
                && response.persistent();
        if (kept && !current.requestDone()) {
            return; // the answer came early: the rest of the body still goes to the app
        }
        boolean unread = !current.requestDone();
        finish(Outcome.COMPLETED);
        if (!kept) {
            closeApp();
            closing = !closed;
            lingering = unread;
            if (closing) {
                closeOrLinger();
            }
            return;
        }
        times.rest();
        resume();
    }

    /** The connection to the app ended between requests. */
    void appLeft(AppSide from) {
        if (app == from) {
            app = null;
        }
    }

    /** The app, or both sides, of another protocol's connection ended. */
    void tunnelEnded() {
        AppSide to = app;
        if (to == null || (eof && to.isEnded())) {
            abort(Outcome.UPGRADED);
        } else if (to.isEnded() && out.isEmpty()) {
            try {
                channel.shutdownOutput();
            } catch (IOException e) {
                gone();
            }
        }
    }

    /** The connection to the app ended while its response was due. */
    void appGone(AppSide from, Outcome why, String text) {
        Exchange current = exchange;
        app = null;
        if (current == null) {
            return;
        }
        if (from.hasForwarded() || closed) {
            finish(current.upgraded ? Outcome.UPGRADED : why);
            closing = !closed;
            if (closing && out.isEmpty()) {
                closeOrLinger();
            }
            return;
        }
        boolean stale = from.isReused() && current.firstByteNanos == 0;
        if (stale && !current.retried && !closed && current.request.repeatable()) {
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
        if (current == null || closed) {
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
        if (closed) {
            return;
        }
        if (!begun) {
            send(ErrorPage.of(status, text, body));
        }
        closing = true;
        lingering = true;
        if (!closed && out.isEmpty()) {
            closeOrLinger();
        }
    }

    /** Ends the request as a hosting router would: a 503 where nothing was sent yet, then the connection closes. */
    void giveUp(String text) {
        Exchange current = exchange;
        AppSide from = app;
        if (current == null || closed) {
            return;
        }
        current.cut(Outcome.TIMED_OUT);
        if (from != null && !from.hasForwarded() && out.isEmpty()) {
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
        if (closed) {
            proxy.forget(this);
        }
    }

    /** Closes both connections; a request under way ends as {@code outcome}. */
    void abort(Outcome outcome) {
        finish(outcome);
        close();
    }

    private void closeOrLinger() {
        if (!lingering) {
            close();
            return;
        }
        try {
            // what the client still sends is read and dropped, since closing over it would reset the connection and
            // could take the answer with it (RFC 9112, section 9.6)
            channel.shutdownOutput();
            times.lingers();
            update();
        } catch (IOException e) {
            close();
        }
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

    private void shut() {
        if (!closed) {
            closed = true;
            out.release();
            held.release();
            if (exchange == null) {
                proxy.forget(this);
            }
            try {
                channel.close();
            } catch (IOException e) {
                // nothing is left to be closed
            }
        }
    }

    /** Asks the selector for what this side can use now. */
    void update() {
        if (closed || !key.isValid()) {
            return;
        }
        int operations = out.isEmpty() ? 0 : SelectionKey.OP_WRITE;
        if (!eof && wantsToRead()) {
            operations |= SelectionKey.OP_READ;
        }
        if (key.interestOps() != operations) {
            key.interestOps(operations);
        }
    }

    private boolean wantsToRead() {
        Exchange current = exchange;
        if (closing) {
            return lingering && out.isEmpty();
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
