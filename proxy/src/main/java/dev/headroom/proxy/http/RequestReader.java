package dev.headroom.proxy.http;

import dev.headroom.core.trace.Outcome;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a client's requests out of its bytes, one after the other, and passes each on to the app. What can't be used yet
 * (part of a head, what comes behind a request under way) is held. Owned by the loop's thread.
 */
final class RequestReader {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final byte TLS_HANDSHAKE = 0x16;

    private final ClientSide client;
    private final ProxyScope scope;
    private final String address;
    private final int port;

    /** The head of the request under way as the app gets it, kept in case that it must be sent again. */
    private final HeadBytes forwarded = new HeadBytes();

    private final HeldBytes held;
    private final HeadFinder heads = new HeadFinder();
    private boolean headWaits;
    private boolean processing;

    /**
     * A reader for one connection.
     *
     * @param from the client's address
     * @param port the port that it reached
     */
    RequestReader(ClientSide client, ProxyScope scope, InetSocketAddress from, int port) {
        this.client = client;
        this.scope = scope;
        this.address = from.getAddress().getHostAddress();
        this.port = port;
        held = new HeldBytes(scope.buffers);
    }

    /** The buffer to read the client's next bytes into. */
    ByteBuffer buffer() {
        return held.isEmpty() ? scope.in.clear() : held.toAppend();
    }

    /** Whether bytes are held that wait for something. */
    boolean holdsBytes() {
        return !held.isEmpty();
    }

    /** Whether the head of the request under way has not been sent to the app yet. */
    boolean headWaits() {
        return headWaits;
    }

    /** The head of the request under way must be sent, again, to a new connection. */
    void sendHeadAgain() {
        headWaits = true;
    }

    /** The request under way is over. */
    void over() {
        headWaits = false;
    }

    void release() {
        held.release();
    }

    /** Goes on with what was held back. */
    void resume() {
        if (!processing && client.takesRequests()) {
            process(held.isEmpty() ? NOTHING : held.bytes());
        }
    }

    /** Takes what it can of {@code in}, and holds the rest. */
    void process(ByteBuffer in) {
        processing = true;
        try {
            while (client.takesRequests() && step(in)) {
                // each step takes what it can
            }
        } catch (MalformedMessage e) {
            client.answers.refuse(e);
        } finally {
            processing = false;
        }
        if (client.takesRequests()) {
            held.keep(in);
        } else {
            held.release();
        }
    }

    /** Takes one part of a message; false where nothing more can be done for now. */
    private boolean step(ByteBuffer in) throws MalformedMessage {
        Exchange current = client.exchange;
        if (current == null) {
            return in.hasRemaining() && readHead(in);
        }
        AppSide to = client.link.side();
        if (to == null || !to.isConnected()) {
            return false;
        }
        if (headWaits) {
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
        long now = System.nanoTime();
        client.times.head(now);
        if (in.get(from) == TLS_HANDSHAKE) {
            throw new MalformedMessage(400, "the client speaks TLS, but this port speaks plain HTTP");
        }
        int end = heads.end(in);
        if (end < 0) {
            return false;
        }
        scope.head.read(in, from, end);
        RequestHead request = RequestHead.of(scope.head, scope.targets);
        in.position(end);
        Destination to = scope.destination(request.target().text());
        PagePath page = to.path;
        String below = page == null ? null : page.below(request.target().text());
        if (page != null && below != null && !below.startsWith("/")) {
            client.answers.answer(PageHead.redirect(page), Outcome.COMPLETED);
            return true;
        }
        Exchange begun = new Exchange(scope, to, request, client.times.headNanos());
        if (page == null || below == null) {
            ForwardedHead.write(forwarded, scope.head, request, begun.id, address, port);
        } else {
            PageHead.write(forwarded, scope.head, request, below, page);
        }
        headWaits = true;
        if (begun.requestDone()) {
            begun.requestDoneNanos = now;
        }
        client.begin(begun, now);
        return true;
    }

    private void sendHead(ByteBuffer in, Exchange current, AppSide to) throws MalformedMessage {
        headWaits = false;
        ByteBuffer head = scope.out.clear();
        forwarded.copyTo(head);
        if (!current.requestDone() && in.hasRemaining()) {
            // what came of the body along with the head goes along with it
            int from = in.position();
            advance(in, current);
            head.put(head.position(), in, from, in.position() - from);
            head.position(head.position() + in.position() - from);
        }
        to.begin(current);
        to.send(head.flip());
        client.headSent(to);
    }

    private void sendBody(ByteBuffer in, Exchange current, AppSide to) throws MalformedMessage {
        int from = in.position();
        int limit = in.limit();
        advance(in, current);
        int end = in.position();
        to.send(in.position(from).limit(end));
        in.limit(limit).position(end);
        client.bodySent();
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

    /** Whether more bytes of the client can be used now, where {@code current} is under way. */
    boolean wantsBytes(Exchange current, @Nullable AppSide to) {
        if (current.upgraded || !current.requestDone()) {
            return to != null && to.isConnected() && !headWaits && to.out.isEmpty();
        }
        return held.isEmpty(); // only to see that the client has gone
    }
}
