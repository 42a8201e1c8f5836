package dev.headroom.examples.orders.before;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;

/** Brings in this package when {@code orders.stage} is {@code before}. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "orders.stage", havingValue = "before")
@ComponentScan
@EnableJpaRepositories
public class Stage {}
