package dev.headroom.proxy.http;

import dev.headroom.core.trace.Event;
import dev.headroom.core.trace.Outcome;
import dev.headroom.proxy.net.BufferPool;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the app's responses out of a connection's bytes, one after the other, and passes each on to the client as it
 * comes. Part of a head is held until the rest is there, and a head alone for a moment. Owned by the loop's thread.
 */
final class ResponseReader {
    /**
     * How much of an answer to a client that has gone is read before the app's connection is closed: about what the
     * system's own buffers would have taken without us.
     */
    private static final long ABANDONED_LIMIT = 256 * 1024;

    private final AppSide app;
    private final ClientSide client;
    private final ProxyScope scope;
    private final HeldBytes held;
    private final HeadFinder heads = new HeadFinder();
    private @Nullable Exchange exchange;
    private boolean reused;
    private boolean forwarded;
    private long abandonedBytes;

    private final Runnable sendLoneHead = this::sendLoneHead;

    /** How many of the held bytes are a head that was read and waits for its body. */
    private int loneHead;

    ResponseReader(AppSide app, ClientSide client, ProxyScope scope) {
        this.app = app;
        this.client = client;
        this.scope = scope;
        held = new HeldBytes(scope.buffers);
    }

    /** The request whose response is due, or was the last. */
    @Nullable
    Exchange exchange() {
        return exchange;
    }

    /** Whether a response was read before the one that is due. */
    boolean isReused() {
        return reused;
    }

    /** Whether a byte of the response under way was passed on. */
    boolean hasForwarded() {
        return forwarded;
    }

    /** The response to {@code next} is what comes next. */
    void begin(Exchange next) {
        reused = exchange != null;
        exchange = next;
        next.begin();
        forwarded = false;
        loneHead = 0;
    }

    /** The buffer to read the app's next bytes into. */
    ByteBuffer buffer() {
        return held.isEmpty() ? scope.in.clear() : held.toAppend();
    }

    /** Takes what it can of {@code in}, and holds the rest. */
    void read(ByteBuffer in) {
        try {
            process(in);
        } catch (MalformedMessage e) {
            malformed("the app's response could not be passed on: " + e.text() + ".");
        }
        if (app.isClosed()) {
            held.release();
        } else {
            held.keep(in);
        }
    }

    void release() {
        loneHead = 0;
        held.release();
    }

    /** Passes a head on that waits for its body. */
    void sendLoneHead() {
        if (loneHead > 0) {
            ByteBuffer head = held.bytes().position(0).limit(loneHead).position(loneHead);
            loneHead = 0;
            forward(head, 0);
            held.keep(head);
        }
    }

    private void malformed(String text) {
        Exchange current = exchange;
        app.to.happened(Event.Kind.BAD_RESPONSE, current == null ? 0 : current.id, text);
        app.close();
        client.answers.answer(502, text, Outcome.APP_GONE);
    }

    private void process(ByteBuffer in) throws MalformedMessage {
        Exchange current = exchange;
        if (current == null || current.responseDone) {
            app.to.happened(Event.Kind.BAD_RESPONSE, 0, "the app sent bytes that no request had asked for");
            client.appLeft(app);
            app.close();
            return;
        }
        long now = System.nanoTime();
        current.lastByteNanos = now;
        if (current.firstByteNanos == 0) {
            current.firstByteNanos = now;
            String foreign = ForeignProtocol.message(in);
            if (foreign != null) {
                malformed(foreign + ".");
                return;
            }
        }
        int from = in.position();
        in.position(from + loneHead);
        while (in.hasRemaining() && current.response == null) {
            if (!readHead(in, current)) {
                break;
            }
        }
        if (current.response == null && !in.hasRemaining()) {
            current.firstByteNanos = 0; // an interim response is not the one that is waited for
        }
        ResponseHead response = current.response;
        if (response != null) {
            int bodyFrom = in.position();
            if (current.upgraded) {
                in.position(in.limit());
            } else {
                response.body().advance(in, current);
            }
            current.bytesOut += in.position() - bodyFrom;
            if (in.position() == bodyFrom && loneHead == 0 && isLone(in, from, response)) {
                loneHead = in.position() - from;
                in.position(from);
                scope.loop.executeLate(sendLoneHead);
                return;
            }
        }
        if (loneHead > 0) {
            loneHead = 0;
            scope.loop.cancelLate(sendLoneHead);
        }
        forward(in, from);
        if (response != null && !current.upgraded && response.body().complete()) {
            complete(in);
        }
    }

    /**
     * Whether the app, which has the body since it knows its length, is about to send it, and all fits into one buffer. Many
     * apps send head and body by a system call each, microseconds apart; nginx waits for the body for as long as it takes
     * ({@code postpone_output}).
     */
    private boolean isLone(ByteBuffer in, int from, ResponseHead response) {
        return !in.hasRemaining()
                && !forwarded
                && !client.isClosed()
                && response.body().endsWithin(BufferPool.SIZE - (in.position() - from));
    }

    /** Reads one head, interim or final; false where it is not all there. */
    private boolean readHead(ByteBuffer in, Exchange current) throws MalformedMessage {
        int from = in.position();
        int end = heads.end(in);
        if (end < 0) {
            return false;
        }
        scope.head.read(in, from, end);
        ResponseHead response =
                ResponseHead.of(scope.head, current.request.method().equals("HEAD"), scope.mediaTypes);
        if (response.status() == 101 && !current.request.upgrade()) {
            throw new MalformedMessage(502, "it switches protocols, which the request had not asked for");
        }
        if (response.contradictory()) {
            LengthRemoval.apply(scope.head, in, from);
        }
        in.position(end);
        app.to.silence.answered();
        if (!response.interim()) {
            current.respond(response);
        }
        return true;
    }

    private void forward(ByteBuffer in, int from) {
        int end = in.position();
        if (end == from) {
            return;
        }
        forwarded = true;
        int limit = in.limit();
        if (client.isClosed()) {
            abandonedBytes += end - from;
        } else {
            client.send(in.position(from).limit(end));
            in.limit(limit).position(end);
        }
        if (abandonedBytes > ABANDONED_LIMIT) {
            app.close();
            client.finish(Outcome.CLIENT_GONE);
        } else if (exchange != null && exchange.upgraded) {
            client.resume();
        }
    }

    private void complete(ByteBuffer in) {
        if (in.hasRemaining()) {
            app.to.happened(Event.Kind.BAD_RESPONSE, 0, "the app sent bytes behind the end of its response");
            client.appLeft(app);
            app.close();
        }
        client.responseDone();
    }
}
