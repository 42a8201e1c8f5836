package dev.headroom.cli.endtoend;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * A small web app with an N+1 in it, as it would run without Headroom: it knows only PORT and JDBC_URL. With an
 * argument it listens there instead of where PORT says.
 */
final class OrdersApp {
    static final int ORDERS = 12;

    /** A value that is bound, and found nowhere else. */
    static final String NAME = "Ada-of-Elsewhere";

    private OrdersApp() {}

    public static void main(String[] arguments) throws Exception {
        int port = Integer.parseInt(arguments.length > 0 ? arguments[0] : System.getenv("PORT"));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/", exchange -> answer(exchange, 200, "at home"));
        if (System.getenv("JDBC_URL") != null) {
            Connection connection = DriverManager.getConnection(System.getenv("JDBC_URL"));
            server.createContext("/orders", exchange -> orders(exchange, connection));
            server.createContext("/named", exchange -> named(exchange, connection));
        }
        server.start();
    }

    private static void orders(HttpExchange exchange, Connection connection) throws IOException {
        StringBuilder page = new StringBuilder();
        try (PreparedStatement orders = connection.prepareStatement("SELECT id, user_id FROM orders ORDER BY id");
                PreparedStatement user = connection.prepareStatement("SELECT name FROM users WHERE id = ?");
                ResultSet order = orders.executeQuery()) {
            while (order.next()) {
                user.setInt(1, order.getInt(2));
                try (ResultSet name = user.executeQuery()) {
                    name.next();
                    page.append(name.getString(1)).append('\n');
                }
            }
            answer(exchange, 200, page.toString());
        } catch (SQLException e) {
            answer(exchange, 500, String.valueOf(e.getMessage()));
        }
    }

    private static void named(HttpExchange exchange, Connection connection) throws IOException {
        try (PreparedStatement user = connection.prepareStatement("SELECT count(*) FROM users WHERE name = ?")) {
            user.setString(1, NAME);
            try (ResultSet count = user.executeQuery()) {
                count.next();
                answer(exchange, 200, count.getString(1));
            }
        } catch (SQLException e) {
            answer(exchange, 500, String.valueOf(e.getMessage()));
        }
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        try (exchange) {
            exchange.getResponseBody().write(body);
        }
    }
}
