package dev.headroom.examples.orders.narrow;

import dev.headroom.examples.orders.view.AddressView;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** An office as the list shows it: without its staff and opening hours. */
record OfficeView(
        String name,
        String company,
        AddressView address,
        String manager,
        long openOrders,
        @Nullable LocalDate lastOrderOn) {

    static OfficeView of(OfficeRow row, long openOrders, @Nullable LocalDate lastOrderOn) {
        return new OfficeView(
                row.name(),
                row.company(),
                new AddressView(row.street(), row.postcode(), row.city()),
                row.manager(),
                openOrders,
                lastOrderOn);
    }
}
