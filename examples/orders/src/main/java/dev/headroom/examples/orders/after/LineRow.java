package dev.headroom.examples.orders.after;

import java.math.BigDecimal;

/** One line of one of a page's orders. */
record LineRow(long orderId, String product, int quantity, BigDecimal price) {}
