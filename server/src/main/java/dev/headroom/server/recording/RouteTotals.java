package dev.headroom.server.recording;

import dev.headroom.core.trace.Request;

/** What is known of a route however much detail was rotated away. Not thread-safe. */
final class RouteTotals {
    final int number;
    final String method;
    final String route;
    long requests;
    long failed;
    long nanos;
    long maxNanos;
    long statements;
    long rows;
    long bytes;
    long databaseNanos;
    boolean changed = true;

    RouteTotals(int number, String method, String route) {
        this.number = number;
        this.method = method;
        this.route = route;
    }

    /** One more request, without statements. */
    void add(Request request) {
        requests++;
        failed += request.status() == 0 || request.status() >= 500 ? 1 : 0;
        nanos += request.nanos();
        maxNanos = Math.max(maxNanos, request.nanos());
        changed = true;
    }

    /** One more request and what its statements cost. */
    void add(Request request, RequestCosts costs) {
        add(request);
        statements += costs.statements();
        rows += costs.rows();
        bytes += costs.bytes();
        databaseNanos += costs.nanos();
    }

    /** Requests without statements that were added up elsewhere. */
    void add(RouteTotals more) {
        requests += more.requests;
        failed += more.failed;
        nanos += more.nanos;
        maxNanos = Math.max(maxNanos, more.maxNanos);
        changed = true;
    }
}
