package dev.headroom.cli.demo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The example on Spring Boot, JPA and HikariCP: {@code examples/orders}. */
final class OrdersOnSpring implements DemoApplication {
    private final Path jar;

    OrdersOnSpring(Path home) {
        this.jar = home.resolve("examples/orders/target/orders.jar");
    }

    @Override
    public String title() {
        return "Spring Boot, Hibernate, HikariCP, PostgreSQL";
    }

    @Override
    public String missing() {
        return Files.exists(jar)
                ? ""
                : "the example is not built: run ./headroom demo from the checkout, or ./mvnw -pl examples/orders package";
    }

    private List<String> java(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                JavaProgram.java(),
                "-Xmx300m",
                "-Xss512k",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                jar.toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    @Override
    public List<String> seedCommand() {
        return java("--seed");
    }

    @Override
    public List<String> serveCommand() {
        return java();
    }

    @Override
    public Map<String, String> environment(String databaseUrl, String stage) {
        return Map.of("DATABASE_URL", databaseUrl, "ORDERS_STAGE", stage);
    }

    @Override
    public String healthPath() {
        return "/api/health";
    }
}
