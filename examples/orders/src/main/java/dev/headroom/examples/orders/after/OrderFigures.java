package dev.headroom.examples.orders.after;

import java.time.LocalDate;

/** How many open orders an office has, and the date of its last one. */
record OrderFigures(long officeId, long open, LocalDate lastOrderOn) {}
