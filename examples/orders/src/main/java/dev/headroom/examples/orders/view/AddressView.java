package dev.headroom.examples.orders.view;

/** An address on one line of a page. */
public record AddressView(String street, String postcode, String city) {}
