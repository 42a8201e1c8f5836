package dev.headroom.core.trace;

import java.util.HashMap;
import java.util.Map;

/**
 * The names of the operations that requests are counted under, as {@link Request#operation} makes them, but each made
 * once and not again for each request. Bounded. For one thread.
 */
public final class OperationNames {
    private static final int KEPT_ROUTES = 1_000;

    private final Map<String, Map<String, String>> byRoute = new HashMap<>();

    /** Method and route. */
    public String of(Request request) {
        Map<String, String> byMethod = byRoute.get(request.route());
        if (byMethod == null) {
            if (byRoute.size() == KEPT_ROUTES) {
                return request.operation();
            }
            byMethod = new HashMap<>(4);
            byRoute.put(request.route(), byMethod);
        }
        String known = byMethod.get(request.method());
        if (known != null) {
            return known;
        }
        String name = request.operation();
        if (byMethod.size() < KEPT_ROUTES) {
            byMethod.put(request.method(), name);
        }
        return name;
    }
}
