package dev.headroom.cli.scenario;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** The app's connection pool, one for each set of driver settings: last in, first out, without a limit. */
final class Connections implements AutoCloseable {
    private final int port;
    private final Map<String, Deque<Connection>> idle = new HashMap<>();

    Connections(int port) {
        this.port = port;
    }

    /** The port of the proxy that they lead through. */
    int port() {
        return port;
    }

    Connection open(String parameters) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres&" + parameters);
    }

    Connection take(String parameters) throws SQLException {
        synchronized (idle) {
            Connection free = idle(parameters).poll();
            if (free != null) {
                return free;
            }
        }
        return open(parameters);
    }

    void giveBack(String parameters, Connection connection) throws SQLException {
        if (connection.isClosed()) {
            return;
        }
        if (!connection.getAutoCommit()) {
            connection.commit();
            connection.setAutoCommit(true);
        }
        synchronized (idle) {
            idle(parameters).push(connection);
        }
    }

    private Deque<Connection> idle(String parameters) {
        return idle.computeIfAbsent(parameters, key -> new ArrayDeque<>());
    }

    @Override
    public void close() throws SQLException {
        for (Deque<Connection> free : idle.values()) {
            for (Connection connection : free) {
                connection.close();
            }
        }
    }
}
