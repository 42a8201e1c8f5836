package dev.headroom.proxy.http;

import dev.headroom.core.route.RouteGrouper;
import dev.headroom.core.route.SecretParameters;
import org.jspecify.annotations.Nullable;

/** What a request asks for, and what is recorded of that. Owned by the loop's thread. */
final class Target {
    private final String text;
    private final String path;
    private @Nullable String route;

    /** A target as it was sent. */
    Target(String text) {
        this.text = text;
        path = SecretParameters.blank(text);
    }

    /** As it was sent. */
    String text() {
        return text;
    }

    /** With parameters whose names look secret blanked. */
    String path() {
        return path;
    }

    /** The route by {@code routes}, which gives the same for one path every time. */
    String route(RouteGrouper routes) {
        String known = route;
        if (known == null) {
            known = routes.route(path);
            route = known;
        }
        return known;
    }
}
