package dev.headroom.examples.orders;

import java.sql.SQLException;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/**
 * The application. {@code orders.stage} picks the package that answers: {@code before}, {@code narrow} or {@code after}.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({
    HealthController.class,
    SeedOnStart.class,
    dev.headroom.examples.orders.before.Stage.class,
    dev.headroom.examples.orders.narrow.Stage.class,
    dev.headroom.examples.orders.after.Stage.class
})
public class OrdersApplication {

    /** Serves the API; with {@code --seed} creates and fills the tables instead, and ends. */
    public static void main(String[] args) throws SQLException {
        if (List.of(args).contains("--seed")) {
            try (var connection = DatabaseUrl.fromEnvironment(System.getenv()).connect()) {
                System.out.println(Seed.into(connection));
            }
            return;
        }
        SpringApplication.run(OrdersApplication.class, args);
    }
}
