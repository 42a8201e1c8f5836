package dev.headroom.core.check;

import dev.headroom.core.trace.Attribution;
import dev.headroom.core.trace.Connection;
import dev.headroom.core.trace.Query;
import java.util.List;

/** Finds apps that connect to the database anew for every request or so. */
public final class RepeatedSetUpCheck implements Check {
    /** The check's name. */
    public static final String ID = "repeated-set-up";

    private static final String ALL = "(all routes)";
    private static final int MIN_CONNECTIONS = 10;

    @Override
    public String id() {
        return ID;
    }

    @Override
    public CheckRun start(CheckContext context) {
        return new Run();
    }

    private static final class Run implements OutsideRun {
        private long requests;
        private long connections;
        private long connectNanos;
        private long setUpStatements;
        private long setUpNanos;

        @Override
        public void request(RequestView view) {
            if (!view.statements().isEmpty()) {
                requests++;
            }
        }

        @Override
        public void connection(Connection connection) {
            if (connection.closedNanos() == 0 && connection.readyNanos() > 0) {
                connections++;
                connectNanos += connection.readyNanos() - connection.openedNanos();
            }
        }

        @Override
        public void outside(Query query) {
            if (query.attribution() == Attribution.SET_UP) {
                setUpStatements++;
                setUpNanos += query.nanos();
            }
        }

        @Override
        public List<Finding> findings() {
            if (connections < MIN_CONNECTIONS || connections * 2 < requests || requests == 0) {
                return List.of();
            }
            return List.of(new FindingDraft(ID, Evidence.PROVEN, Level.PROBLEM, ALL)
                    .identity("")
                    .cost(requests, new Cost(0, connectNanos + setUpNanos, 0, 0))
                    .explain("connecting took " + Words.time((double) connectNanos / connections)
                            + ", and " + Words.count(setUpStatements / connections, "statement", "statements")
                            + " of set-up " + Words.time((double) setUpNanos / connections))
                    .detail("connections", connections)
                    .detail("requestsWithStatements", requests)
                    .finding(
                            Remedy.POOL_CONNECTIONS,
                            Words.count(connections, "connection was", "connections were") + " opened for "
                                    + Words.count(requests, "request", "requests")));
        }

        @Override
        public CheckCoverage coverage() {
            return new CheckCoverage(ID, requests, 0, null);
        }
    }
}
