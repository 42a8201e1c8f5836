package dev.headroom.examples.orders.view;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An office with its figures and opening hours; {@code lastOrderOn} is null where nobody has ordered yet. */
public record OfficeView(
        String name,
        String company,
        AddressView address,
        String manager,
        long staff,
        long openOrders,
        @Nullable LocalDate lastOrderOn,
        List<Hours> hours) {

    /** When the office is open on one day of the week; 1 is Monday. */
    public record Hours(int weekday, LocalTime opens, LocalTime closes) {}
}
