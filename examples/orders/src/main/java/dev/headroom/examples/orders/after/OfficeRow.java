package dev.headroom.examples.orders.after;

/** The columns of an office, its company and its manager that the page shows, and the number of its staff. */
record OfficeRow(
        long id,
        String name,
        String company,
        String street,
        String postcode,
        String city,
        String manager,
        long staff) {}
