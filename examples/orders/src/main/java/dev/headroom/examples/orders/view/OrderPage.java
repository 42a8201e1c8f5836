package dev.headroom.examples.orders.view;

import java.util.List;

/** A page of orders, the newest first; pages count from 0. */
public record OrderPage(int page, int size, long total, List<OrderView> orders) {}
