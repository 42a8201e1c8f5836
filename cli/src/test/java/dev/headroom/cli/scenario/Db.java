package dev.headroom.cli.scenario;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** What a scenario's handler has at hand: plain JDBC on a connection from the app's pool. For one request. */
final class Db implements AutoCloseable {
    private final Connections connections;
    private final String parameters;
    private final int request;
    private final Connection connection;
    private final List<Connection> others = new ArrayList<>();
    private final List<String> shown = new ArrayList<>();

    Db(Connections connections, String parameters, int request) throws SQLException {
        this.connections = connections;
        this.parameters = parameters;
        this.request = request;
        this.connection = connections.take(parameters);
    }

    /** Which of the scenario's requests this is, from 1. */
    int request() {
        return request;
    }

    Connection connection() {
        return connection;
    }

    /** One more from the pool, given back at the request's end. */
    synchronized Connection another() throws SQLException {
        Connection other = connections.take(parameters);
        others.add(other);
        return other;
    }

    /** One that the pool has never seen and will never see. */
    Connection fresh() throws SQLException {
        return connections.open(parameters);
    }

    /** Runs it with bound values and reads all rows. */
    List<List<Object>> ask(String sql, Object... values) throws SQLException {
        return ask(connection, sql, values);
    }

    static List<List<Object>> ask(Connection connection, String sql, Object... values) throws SQLException {
        List<List<Object>> rows = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    List<Object> row = new ArrayList<>();
                    for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                        Object value = result.getObject(i);
                        row.add(value == null ? "" : value);
                    }
                    rows.add(row);
                }
            }
        }
        return rows;
    }

    /** The last column of the rows. */
    List<Object> column(String sql, Object... values) throws SQLException {
        return ask(sql, values).stream().map(row -> row.get(row.size() - 1)).toList();
    }

    int write(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            return statement.executeUpdate();
        }
    }

    /** Runs it as it is, without binding. */
    void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The response is JSON and shows these. */
    void show(List<?> values) {
        values.forEach(value -> shown.add(value.toString()));
    }

    List<String> shown() {
        return shown;
    }

    private static void bind(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }

    @Override
    public void close() throws SQLException {
        connections.giveBack(parameters, connection);
        for (Connection other : others) {
            connections.giveBack(parameters, other);
        }
    }
}
