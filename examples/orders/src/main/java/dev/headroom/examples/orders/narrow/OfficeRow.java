package dev.headroom.examples.orders.narrow;

/** The columns of an office, its company and its manager that the page shows. */
record OfficeRow(long id, String name, String company, String street, String postcode, String city, String manager) {}
