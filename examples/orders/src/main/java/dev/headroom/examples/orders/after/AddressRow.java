package dev.headroom.examples.orders.after;

/** An active address of one of a page's users. */
record AddressRow(long userId, String street, String postcode, String city) {}
