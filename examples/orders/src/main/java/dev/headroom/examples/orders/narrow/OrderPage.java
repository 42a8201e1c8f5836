package dev.headroom.examples.orders.narrow;

import java.util.List;

/** A page of orders, the newest first; pages count from 0. */
record OrderPage(int page, int size, long total, List<OrderView> orders) {}
