package dev.headroom.proxy.postgres;

import dev.headroom.proxy.postgres.capture.Tap;
import dev.headroom.proxy.postgres.wire.Backlog;
import dev.headroom.proxy.postgres.wire.Endpoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a session: passes bytes on as they come, and only then, or later, has its {@link Tap} read them. Stops reading
 * while the other side doesn't take what was read, so that it never holds more than one read.
 */
final class Relay {
    /** So many full reads in a row, then the others have their turn. */
    private static final int TURNS = 8;

    /** What a session does when one of its ends fails, and after a relay went on by itself. */
    interface Owner {
        /** The source has sent all that it will send, which is passed on. */
        void sourceEnded(Relay relay);

        /** The source can't be read any more. */
        void sourceFailed(Relay relay, IOException cause);

        /** The target takes nothing any more. */
        void targetFailed(Relay relay, IOException cause);

        /** The relay went on outside the session's own turn, and may be {@link #done}. */
        void resumed();
    }

    private final LoopState loop;
    private final Endpoint source;
    private final Endpoint target;
    private final Owner owner;
    private final @Nullable Tap tap;
    private final Backlog backlog;
    private boolean blocked;
    private boolean sourceEnded;
    private boolean done;

    Relay(LoopState loop, Endpoint source, Endpoint target, @Nullable Tap tap, Owner owner) {
        this.loop = loop;
        this.source = source;
        this.target = target;
        this.tap = tap;
        this.owner = owner;
        this.backlog = new Backlog(loop.events().buffers());
    }

    /** Whether all that will ever be passed on has been. */
    boolean done() {
        return done;
    }

    /** The source may be readable. */
    void pump() {
        ByteBuffer chunk = loop.buffers().chunk();
        for (int turn = 0; turn < TURNS; turn++) {
            if (sourceEnded || blocked) {
                return;
            }
            // less at a time while much waits for slow readers already
            int room =
                    Math.max(source.wire().leastRead(), loop.events().buffers().readable(chunk.capacity()));
            chunk.clear().limit(room);
            int count;
            try {
                count = source.wire().read(chunk);
            } catch (IOException e) {
                owner.sourceFailed(this, e);
                return;
            }
            if (count < 0) {
                endSource();
                owner.sourceEnded(this);
                return;
            }
            if (count == 0) {
                return;
            }
            if (done) {
                continue;
            }
            chunk.flip();
            pass(chunk, 0);
            if (count < room && !source.wire().holdsInput()) {
                return;
            }
        }
        if (source.wire().holdsInput()) {
            loop.events().execute(this::resume);
        }
    }

    private void resume() {
        pump();
        owner.resumed();
    }

    /** Passes on what is in {@code chunk}, then has the tap read it but for its first {@code unread} bytes. */
    void pass(ByteBuffer chunk, int unread) {
        long now = System.nanoTime();
        int start = chunk.position() + unread;
        int count = chunk.remaining() - unread;
        try {
            target.wire().write(chunk);
            if (chunk.hasRemaining() || !target.wire().flush()) {
                backlog.add(chunk);
                block();
            }
        } catch (IOException e) {
            owner.targetFailed(this, e);
            return;
        }
        if (tap != null && tap.reading()) {
            loop.unread().add(tap, chunk, start, count, now, loop.buffers().heap());
        }
    }

    /** The target may take more. */
    void drain() {
        if (!blocked || done) {
            return;
        }
        try {
            if (!backlog.flushTo(target.wire())) {
                return;
            }
        } catch (IOException e) {
            owner.targetFailed(this, e);
            return;
        }
        blocked = false;
        target.key().interestOpsAnd(~SelectionKey.OP_WRITE);
        if (sourceEnded) {
            finish();
        } else {
            source.key().interestOpsOr(SelectionKey.OP_READ);
            pump();
        }
    }

    /** The source will send nothing more; what it sent is still passed on. */
    void endSource() {
        if (!sourceEnded) {
            sourceEnded = true;
            if (source.key().isValid()) {
                source.key().interestOpsAnd(~SelectionKey.OP_READ);
            }
            if (!blocked && !done) {
                finish();
            }
        }
    }

    /** Passes nothing on any more; what the source still sends is read and dropped, so that it isn't stuck sending. */
    void abandon() {
        backlog.clear();
        blocked = false;
        done = true;
        if (target.key().isValid()) {
            target.key().interestOpsAnd(~SelectionKey.OP_WRITE);
        }
        if (!sourceEnded && source.key().isValid()) {
            source.key().interestOpsOr(SelectionKey.OP_READ);
        }
    }

    private void block() {
        blocked = true;
        source.key().interestOpsAnd(~SelectionKey.OP_READ);
        target.key().interestOpsOr(SelectionKey.OP_WRITE);
    }

    private void finish() {
        done = true;
        try {
            target.wire().endOutput();
        } catch (IOException e) {
            owner.targetFailed(this, e);
        }
    }
}
