package dev.headroom.examples.orders;

import java.sql.SQLException;
import javax.sql.DataSource;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/** Seeds an empty database before the first request is taken, if {@code orders.seed} is true. */
@Component
@ConditionalOnProperty("orders.seed")
class SeedOnStart implements InitializingBean {
    private final DataSource dataSource;

    SeedOnStart(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public void afterPropertiesSet() throws SQLException {
        try (var connection = dataSource.getConnection()) {
            LoggerFactory.getLogger(SeedOnStart.class).info(Seed.into(connection));
        }
    }
}
