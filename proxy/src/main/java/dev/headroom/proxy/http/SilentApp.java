package dev.headroom.proxy.http;

import dev.headroom.proxy.net.Background;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Explains why an app closes its connections without a byte: one that has never answered is asked, once, whether it
 * speaks TLS. Owned by the loop's thread.
 */
final class SilentApp {
    private final Executor loop;
    private final List<Runnable> waiting = new ArrayList<>();
    private boolean asked;
    private boolean known;
    private boolean tls;

    /** One that tells as tasks of {@code loop}. */
    SilentApp(Executor loop) {
        this.loop = loop;
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
        if (!asked) {
            asked = true;
            Background.run(() -> {
                boolean answers = TlsProbe.answers(address);
                loop.execute(() -> told(answers));
            });
        }
    }

    private void told(boolean answers) {
        tls = answers && !known;
        known = true;
        List<Runnable> all = List.copyOf(waiting);
        waiting.clear();
        all.forEach(Runnable::run);
    }
}
