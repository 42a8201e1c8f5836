package dev.headroom.examples.orders.narrow;

import dev.headroom.examples.orders.domain.OrderStatus;
import dev.headroom.examples.orders.view.AddressView;
import dev.headroom.examples.orders.view.OrderView.Customer;
import dev.headroom.examples.orders.view.OrderView.Supplier;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** An order as the list shows it: without its lines. */
record OrderView(
        String number,
        LocalDate orderedOn,
        OrderStatus status,
        BigDecimal total,
        Customer customer,
        Supplier supplier) {

    static OrderView of(OrderRow row, @Nullable AddressView address) {
        return new OrderView(
                row.number(),
                row.orderedOn(),
                row.status(),
                row.total(),
                new Customer(row.userName(), row.userCompany(), address),
                new Supplier(
                        row.officeCompany(),
                        row.officeName(),
                        new AddressView(row.officeStreet(), row.officePostcode(), row.officeCity())));
    }
}
