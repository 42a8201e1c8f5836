package dev.headroom.cli.process;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.Consumer;

/**
 * The signals that reach us. The JDK's only door to them is {@code sun.misc.Signal} of the module jdk.unsupported,
 * which the compiler cannot name without a warning that no annotation silences: hence reflection.
 */
public final class Signals {
    private static final List<String> TAKEN = List.of("INT", "TERM", "HUP", "USR1", "USR2");

    private Signals() {}

    /**
     * Hands every signal to {@code handler}, by its name without {@code SIG} and on a thread of its own, instead of
     * letting it end us. What the JVM keeps for itself stays with it (USR2, unless our launcher moved that).
     */
    public static void handle(Consumer<String> handler) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> listener = Class.forName("sun.misc.SignalHandler");
            Method handle = signal.getMethod("handle", signal, listener);
            for (String name : TAKEN) {
                Object proxy = Proxy.newProxyInstance(
                        listener.getClassLoader(), new Class<?>[] {listener}, (self, method, arguments) -> {
                            if (method.getName().equals("handle")) {
                                handler.accept(name);
                                return null;
                            }
                            return method.invoke(name, arguments);
                        });
                take(handle, signal.getConstructor(String.class).newInstance(name), proxy);
            }
        } catch (ReflectiveOperationException e) {
            // a runtime without jdk.unsupported: SIGTERM then ends us as it ends any JVM, and the watchdog the app
            return;
        }
    }

    private static void take(Method handle, Object signal, Object handler) throws IllegalAccessException {
        try {
            handle.invoke(null, signal, handler);
        } catch (InvocationTargetException e) {
            // taken by the JVM, or unknown to this system: left as it is
            return;
        }
    }
}
