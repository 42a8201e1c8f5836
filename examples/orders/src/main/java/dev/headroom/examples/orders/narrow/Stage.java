package dev.headroom.examples.orders.narrow;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;

/** Brings in this package when {@code orders.stage} is {@code narrow}. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "orders.stage", havingValue = "narrow")
@ComponentScan
@EnableJpaRepositories
public class Stage {}
