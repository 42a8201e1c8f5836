package dev.headroom.proxy.postgres.capture;

import dev.headroom.proxy.postgres.message.FrameReader;
import dev.headroom.proxy.postgres.message.NotPostgresException;

/**
 * Reads along with both directions of one connection and records what it understands. Whatever it can't understand, or
 * any failure of its own, switches it off for the rest of the connection, and is counted; the bytes go on.
 */
public final class Interpreter {
    private final Conversation conversation;
    private final FrontendReader frontend;
    private final BackendReader backend;
    private final FrameReader appFrames;
    private final FrameReader serverFrames;
    private boolean reading = true;

    /** Reads along for {@code conversation}. */
    public Interpreter(Conversation conversation) {
        this.conversation = conversation;
        frontend = new FrontendReader(conversation);
        backend = new BackendReader(conversation);
        appFrames = new FrameReader(frontend);
        serverFrames = new FrameReader(backend);
    }

    /** What the app sends, from behind the start-up packet. */
    public Tap fromApp() {
        return new Tap() {
            @Override
            public boolean reading() {
                return reading;
            }

            @Override
            public boolean hurries() {
                return !conversation.begun();
            }

            @Override
            public void feed(byte[] bytes, int offset, int length, long nanos) {
                frontend.at(nanos);
                read(appFrames, bytes, offset, length);
            }
        };
    }

    /** What the server sends, from the first message on. */
    public Tap fromServer() {
        return new Tap() {
            @Override
            public boolean reading() {
                return reading;
            }

            @Override
            public boolean hurries() {
                return !conversation.begun();
            }

            @Override
            public void feed(byte[] bytes, int offset, int length, long nanos) {
                backend.at(nanos);
                read(serverFrames, bytes, offset, length);
            }
        };
    }

    /** The app is gone, and does not wait for what is still executed; answers may follow. */
    public void appGone(long nanos) {
        try {
            conversation.appGone(nanos, reading);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    /** The connection is gone. */
    public void closed(long nanos) {
        try {
            conversation.closed(nanos, reading);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    private void read(FrameReader frames, byte[] bytes, int offset, int length) {
        try {
            frames.feed(bytes, offset, length);
        } catch (NotPostgresException | OutOfMemoryError e) {
            switchOff();
        } catch (RuntimeException | StackOverflowError e) {
            failed(e);
        }
    }

    private void failed(Throwable mistake) {
        conversation.recorder.meter().mistake(mistake);
        switchOff();
    }

    private void switchOff() {
        if (reading) {
            reading = false;
            conversation.recorder.meter().uninterpretedConnection();
        }
    }
}
