package dev.headroom.proxy.postgres;

import dev.headroom.proxy.net.EventLoop;
import dev.headroom.proxy.postgres.capture.Recorder;
import dev.headroom.proxy.postgres.catalogue.Catalogues;
import dev.headroom.proxy.postgres.tls.AppTls;
import dev.headroom.proxy.postgres.wire.LoopBuffers;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What all connections of one loop share: its buffers and what reads along, which are its own, and the catalogues, the
 * ways of cancel requests and the certificate, which all loops of the proxy share. On the loop's thread only, but for
 * what says otherwise.
 */
final class LoopState {
    private final EventLoop events;
    private final Recorder recorder;
    private final AppTls appTls;
    private final Catalogues catalogues;
    private final CancelRoutes cancelRoutes;
    private final LoopBuffers buffers = new LoopBuffers();
    private final UnreadBytes unread = new UnreadBytes();
    private final AtomicBoolean asked = new AtomicBoolean();
    private final Set<Session> sessions = new HashSet<>();
    private boolean ended;

    LoopState(EventLoop events, Recorder recorder, Catalogues catalogues, CancelRoutes cancelRoutes, AppTls appTls) {
        this.events = events;
        this.recorder = recorder;
        this.catalogues = catalogues;
        this.cancelRoutes = cancelRoutes;
        this.appTls = appTls;
    }

    EventLoop events() {
        return events;
    }

    Recorder recorder() {
        return recorder;
    }

    Catalogues catalogues() {
        return catalogues;
    }

    CancelRoutes cancelRoutes() {
        return cancelRoutes;
    }

    AppTls appTls() {
        return appTls;
    }

    LoopBuffers buffers() {
        return buffers;
    }

    /** What was passed on and is still to be read. */
    UnreadBytes unread() {
        return unread;
    }

    /** A connection is open from now on. */
    void opened(Session session) {
        sessions.add(session);
        if (ended) {
            events.execute(session::end);
        }
    }

    /** A connection is closed. */
    void closed(Session session) {
        sessions.remove(session);
    }

    /** Closes all connections that are open, and those that still come: what is under way is stated as it is now. */
    void endSessions() {
        ended = true;
        unread.readAtOnce();
        // one by one, so that a mistake in one keeps no other open
        sessions.forEach(session -> events.execute(session::end));
    }

    /**
     * The time before which all that passed has been stated, {@link Long#MAX_VALUE} where nothing is under way. Who asks
     * wants to know: what has waited for long enough is read soon. Any thread may ask.
     */
    long statedUpTo() {
        // in this order: the loop is busy until what it adds can be seen to wait
        long busy = events.busySince();
        long waiting = unread.since();
        if (waiting == Long.MAX_VALUE) {
            return busy;
        }
        if (System.nanoTime() - waiting > UnreadBytes.LONGEST_NANOS && asked.compareAndSet(false, true)) {
            events.execute(this::readAsAsked);
        }
        return busy == Long.MAX_VALUE || waiting - busy < 0 ? waiting : busy;
    }

    private void readAsAsked() {
        asked.set(false);
        unread.read();
    }
}
