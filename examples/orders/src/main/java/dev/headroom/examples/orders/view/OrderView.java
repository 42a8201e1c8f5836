package dev.headroom.examples.orders.view;

import dev.headroom.examples.orders.domain.OrderStatus;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An order with who ordered it, who delivers it, and its lines. */
public record OrderView(
        String number,
        LocalDate orderedOn,
        OrderStatus status,
        BigDecimal total,
        Customer customer,
        Supplier supplier,
        List<Line> lines) {

    /** Who ordered, and the address that is active now, if any. */
    public record Customer(
            String name, String company, @Nullable AddressView address) {}

    /** The office that delivers. */
    public record Supplier(String company, String office, AddressView address) {}

    /** One product of the order. */
    public record Line(String product, int quantity, BigDecimal price) {}
}
