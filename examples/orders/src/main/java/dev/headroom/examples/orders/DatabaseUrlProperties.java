package dev.headroom.examples.orders;

import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/** Gives Spring the data source that {@code DATABASE_URL} names, unless {@code spring.datasource.url} is set. */
class DatabaseUrlProperties implements EnvironmentPostProcessor {

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        var url = environment.getProperty("DATABASE_URL");
        if (url == null || environment.containsProperty("spring.datasource.url")) {
            return;
        }
        var database = DatabaseUrl.parse(url);
        Map<String, Object> properties = new HashMap<>();
        properties.put("spring.datasource.url", database.jdbcUrl());
        if (!database.username().isEmpty()) {
            properties.put("spring.datasource.username", database.username());
            properties.put("spring.datasource.password", database.password());
        }
        environment.getPropertySources().addLast(new MapPropertySource("DATABASE_URL", properties));
    }
}
