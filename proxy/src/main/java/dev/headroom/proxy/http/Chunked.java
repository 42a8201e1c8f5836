package dev.headroom.proxy.http;

import java.nio.ByteBuffer;

/**
 * A body in chunks, with extensions and trailers (RFC 9112, section 7.1). Strict: what two readers could take to end at
 * different places is refused. Can be cut anywhere between calls.
 */
final class Chunked implements BodyFraming {
    private static final int SIZE_DIGITS = 15;
    private static final int EXTENSION_LIMIT = 4 * 1024;
    private static final int TRAILER_LIMIT = 16 * 1024;

    private enum State {
        SIZE_FIRST,
        SIZE,
        EXTENSION,
        SIZE_LF,
        DATA,
        DATA_CR,
        DATA_LF,
        TRAILER_FIRST,
        TRAILER_NAME,
        TRAILER_VALUE,
        TRAILER_LF,
        END_LF,
        END
    }

    private State state = State.SIZE_FIRST;
    private long left;
    private int digits;
    private int extra;

    @Override
    public void advance(ByteBuffer in, BodyTap tap) throws MalformedMessage {
        while (state != State.END && in.hasRemaining()) {
            if (state == State.DATA) {
                data(in, tap);
            } else {
                state = next(in.get());
            }
        }
    }

    @Override
    public boolean complete() {
        return state == State.END;
    }

    private void data(ByteBuffer in, BodyTap tap) {
        int from = in.position();
        int taken = (int) Math.min(left, in.remaining());
        left -= taken;
        in.position(from + taken);
        tap.content(in, from, from + taken);
        if (left == 0) {
            state = State.DATA_CR;
        }
    }

    private State next(byte octet) throws MalformedMessage {
        return switch (state) {
            case SIZE_FIRST -> firstDigit(octet);
            case SIZE -> digit(octet);
            case EXTENSION -> octet == '\r' ? State.SIZE_LF : visible(octet, EXTENSION_LIMIT, State.EXTENSION);
            case SIZE_LF -> lineFeed(octet, left == 0 ? State.TRAILER_FIRST : State.DATA);
            case DATA_CR -> {
                if (octet != '\r') {
                    throw new MalformedMessage(400, "a chunk is longer than its size");
                }
                yield State.DATA_LF;
            }
            case DATA_LF -> lineFeed(octet, State.SIZE_FIRST);
            case TRAILER_FIRST -> octet == '\r' ? State.END_LF : trailerName(octet, true);
            case TRAILER_NAME -> trailerName(octet, false);
            case TRAILER_VALUE -> octet == '\r' ? State.TRAILER_LF : visible(octet, TRAILER_LIMIT, State.TRAILER_VALUE);
            case TRAILER_LF -> lineFeed(octet, State.TRAILER_FIRST);
            case END_LF -> lineFeed(octet, State.END);
            case DATA, END -> throw new IllegalStateException("no line is read in " + state);
        };
    }

    private State firstDigit(byte octet) throws MalformedMessage {
        int value = Octets.hex(octet);
        if (value < 0) {
            throw new MalformedMessage(400, "a chunk's size does not begin with a hexadecimal digit");
        }
        left = value;
        digits = 1;
        extra = 0;
        return State.SIZE;
    }

    private State digit(byte octet) throws MalformedMessage {
        int value = Octets.hex(octet);
        if (value >= 0) {
            if (++digits > SIZE_DIGITS) {
                throw new MalformedMessage(400, "a chunk's size has more than " + SIZE_DIGITS + " digits");
            }
            left = left * 16 + value;
            return State.SIZE;
        }
        if (octet == '\r') {
            return State.SIZE_LF;
        }
        if (octet == ';') {
            return State.EXTENSION;
        }
        throw new MalformedMessage(400, "a chunk's size is followed by something else than an extension");
    }

    private State trailerName(byte octet, boolean first) throws MalformedMessage {
        if (octet == ':' && !first) {
            return visible(octet, TRAILER_LIMIT, State.TRAILER_VALUE);
        }
        if (!Octets.isToken(octet)) {
            throw new MalformedMessage(400, "a trailer's name is not a token");
        }
        return visible(octet, TRAILER_LIMIT, State.TRAILER_NAME);
    }

    private State visible(byte octet, int limit, State next) throws MalformedMessage {
        if ((octet >= 0 && octet < 0x20 && octet != '\t') || octet == 0x7f) {
            throw new MalformedMessage(400, "a chunk extension or trailer holds a control character");
        }
        if (++extra > limit) {
            throw new MalformedMessage(400, "chunk extensions or trailers are longer than " + limit + " bytes");
        }
        return next;
    }

    private static State lineFeed(byte octet, State next) throws MalformedMessage {
        if (octet != '\n') {
            throw new MalformedMessage(400, "a CR without LF in a chunked body");
        }
        return next;
    }
}
