package dev.headroom.server.recording;

import dev.headroom.core.trace.RequestTrace;

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

    void add(RequestTrace trace, RequestCosts costs) {
        requests++;
        int status = trace.request().status();
        failed += status == 0 || status >= 500 ? 1 : 0;
        nanos += trace.request().nanos();
        maxNanos = Math.max(maxNanos, trace.request().nanos());
        statements += costs.statements();
        rows += costs.rows();
        bytes += costs.bytes();
        databaseNanos += costs.nanos();
        changed = true;
    }
}
