package dev.headroom.proxy.postgres;

import dev.headroom.core.trace.Event;
import dev.headroom.proxy.postgres.message.ErrorMessage;
import dev.headroom.proxy.postgres.tls.ServerTls;
import dev.headroom.proxy.postgres.tls.Target;
import dev.headroom.proxy.postgres.upstream.SslMode;
import dev.headroom.proxy.postgres.upstream.Upstream;
import dev.headroom.proxy.postgres.wire.Connecting;
import dev.headroom.proxy.postgres.wire.Endpoint;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calling the server for one connection of the app: each address of its name in turn, with TLS as asked for. */
final class ServerOpening {
    /** What comes of it, told on the loop's thread, once. */
    interface Outcome {
        /** The server can be spoken to. */
        void opened(Endpoint server);

        /** It can't; what the app is to be told. */
        void refused(ErrorMessage error);
    }

    private static final String CHECK = "; check that it runs and that the address is right";

    private final LoopState loop;
    private final Target target;
    private final Outcome outcome;
    private final boolean withTls;
    private Iterator<SocketAddress> addresses = List.<SocketAddress>of().iterator();
    private @Nullable String lastFailure;
    private String lastState = ErrorMessage.UNREACHABLE;

    private ServerOpening(LoopState loop, Target target, boolean withTls, Outcome outcome) {
        this.withTls = withTls;
        this.loop = loop;
        this.target = target;
        this.outcome = outcome;
    }

    /** Begins; {@code withTls} is false where plain text is tried although the target has TLS. */
    static void begin(LoopState loop, Target target, boolean withTls, Outcome outcome) {
        ServerOpening opening = new ServerOpening(loop, target, withTls, outcome);
        Resolver.resolve(target.upstream().address(), loop.events(), opening::resolved);
    }

    /** Begins with that address alone. */
    static void beginAt(SocketAddress address, LoopState loop, Target target, boolean withTls, Outcome outcome) {
        new ServerOpening(loop, target, withTls, outcome).resolved(List.of(address));
    }

    private void resolved(List<SocketAddress> found) {
        addresses = found.iterator();
        if (found.isEmpty()) {
            lastFailure = "its name is not known" + CHECK;
        }
        tryNext();
    }

    private void tryNext() {
        if (addresses.hasNext()) {
            tryAddress(addresses.next(), withTls);
            return;
        }
        String text =
                "no connection to the PostgreSQL server at " + target.upstream().address() + ": " + lastFailure;
        loop.recorder().happened(Event.Kind.DATABASE_UNREACHABLE, text);
        outcome.refused(new ErrorMessage(lastState, text));
    }

    private void tryAddress(SocketAddress address, boolean encrypted) {
        Connecting.begin(loop.events(), address, new Connecting.Outcome() {
            @Override
            public void connected(Endpoint plain) {
                ServerTls tls = target.tls();
                if (encrypted && tls != null && target.upstream().address() instanceof Upstream.Host host) {
                    secure(plain, host, tls, address);
                } else {
                    outcome.opened(plain);
                }
            }

            @Override
            public void failed(IOException cause) {
                fail(cause, CHECK, ErrorMessage.UNREACHABLE);
            }
        });
    }

    private void secure(Endpoint plain, Upstream.Host host, ServerTls tls, SocketAddress address) {
        boolean optional = tls.settings().mode().compareTo(SslMode.REQUIRE) < 0;
        TlsNegotiation.begin(loop, plain, tls, host, new TlsNegotiation.Outcome() {
            @Override
            public void secured(Endpoint server) {
                outcome.opened(server);
            }

            @Override
            public void unsupported() {
                if (optional) {
                    outcome.opened(plain);
                } else {
                    plain.wire().close();
                    fail(
                            new IOException("the server does not support TLS, but sslmode="
                                    + tls.settings().mode().spelling() + " asks for it"),
                            "; switch it on at the server, or take that out of the address",
                            ErrorMessage.UNUSABLE);
                }
            }

            @Override
            public void failed(IOException cause) {
                plain.wire().close();
                if (optional) {
                    // as libpq does: prefer means that a failed handshake is tried again in plain text
                    tryAddress(address, false);
                } else {
                    fail(cause, tls.hint(root(cause)), ErrorMessage.UNUSABLE);
                }
            }
        });
    }

    private void fail(IOException cause, String hint, String state) {
        lastState = state;
        Throwable root = root(cause);
        String message = root.getMessage();
        lastFailure = (message == null ? root.getClass().getSimpleName() : message) + hint;
        tryNext();
    }

    private static Throwable root(Throwable cause) {
        Throwable root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
