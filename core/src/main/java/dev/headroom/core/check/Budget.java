package dev.headroom.core.check;

/**
 * How many statements a request of a route may run.
 *
 * @param route a route or an operation, {@code *} for any characters; see {@link Silence#route}
 * @param maxQueries the most statements that any one request may run
 */
public record Budget(String route, long maxQueries) {
    public Budget {
        if (route.isBlank() || maxQueries < 0) {
            throw new IllegalArgumentException(
                    "a budget is a route and a number of statements: " + route + "=" + maxQueries);
        }
    }

    /** Whether it is about {@code operation}. */
    public boolean matches(String operation) {
        return RoutePattern.matches(route, operation);
    }
}
