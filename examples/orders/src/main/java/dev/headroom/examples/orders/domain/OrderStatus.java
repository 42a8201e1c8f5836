package dev.headroom.examples.orders.domain;

/** How far an order has come. */
public enum OrderStatus {
    OPEN,
    SHIPPED,
    CLOSED
}
