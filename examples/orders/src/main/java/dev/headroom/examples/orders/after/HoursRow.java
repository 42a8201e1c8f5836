package dev.headroom.examples.orders.after;

import java.time.LocalTime;

/** The opening hours of one of a page's offices on one day of the week. */
record HoursRow(long officeId, int weekday, LocalTime opens, LocalTime closes) {}
