package dev.headroom.examples.orders;

import java.util.Set;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;

/** Refuses to start in a stage that there isn't. */
class StageCheck implements EnvironmentPostProcessor {
    private static final Set<String> STAGES = Set.of("before", "narrow", "after");

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        var stage = environment.getRequiredProperty("orders.stage");
        if (!STAGES.contains(stage)) {
            throw new IllegalArgumentException("orders.stage is '" + stage + "'; set it to before, narrow or after");
        }
    }
}
