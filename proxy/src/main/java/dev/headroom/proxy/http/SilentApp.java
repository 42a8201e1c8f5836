package dev.headroom.proxy.http;

import dev.headroom.proxy.net.Background;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Explains why an app closes its connections without a byte: one that has never answered is asked whether it speaks TLS,
 * until it tells, but a few times at most. Owned by the loop's thread.
 */
final class SilentApp {
    private static final int MOST_QUESTIONS = 3;

    private final Executor loop;
    private final Executor background;
    private final Function<SocketAddress, TlsProbe.Answer> probe;
    private final List<Runnable> waiting = new ArrayList<>();
    private int questions;
    private boolean asking;
    private boolean known;
    private boolean tls;

    /** One that tells as tasks of {@code loop}. */
    SilentApp(Executor loop) {
        this(loop, Background::run, TlsProbe::ask);
    }

    /** One that asks on {@code background} by {@code probe}. */
    SilentApp(Executor loop, Executor background, Function<SocketAddress, TlsProbe.Answer> probe) {
        this.loop = loop;
        this.background = background;
        this.probe = probe;
    }

    /** It has answered as HTTP/1.1 does, so nothing needs to be explained. */
    void answered() {
        known = true;
        tls = false;
    }

    /**
     * Gives {@code then} what there is to say: that the app speaks TLS, or {@code otherwise}. Does not wait.
     *
     * @param address where it is reached
     */
    void explain(SocketAddress address, String otherwise, Consumer<String> then) {
        Runnable tell = () -> then.accept(tls ? ForeignProtocol.TLS + "." : otherwise);
        if (known) {
            tell.run();
            return;
        }
        waiting.add(tell);
        if (!asking) {
            asking = true;
            questions++;
            background.execute(() -> {
                TlsProbe.Answer answer = probe.apply(address);
                loop.execute(() -> told(answer));
            });
        }
    }

    private void told(TlsProbe.Answer answer) {
        asking = false;
        tls = answer == TlsProbe.Answer.TLS && !known;
        known = known || answer != TlsProbe.Answer.NONE || questions >= MOST_QUESTIONS;
        List<Runnable> all = List.copyOf(waiting);
        waiting.clear();
        all.forEach(Runnable::run);
    }
}
