package dev.headroom.examples.orders.after;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toMap;

import dev.headroom.examples.orders.view.AddressView;
import dev.headroom.examples.orders.view.OrderPage;
import dev.headroom.examples.orders.view.OrderView;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.PageRequest;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
@Transactional(readOnly = true)
class OrderService {
    private final OrderRepository orders;
    private final AddressRepository addresses;

    OrderService(OrderRepository orders, AddressRepository addresses) {
        this.orders = orders;
        this.addresses = addresses;
    }

    OrderPage newest(int page, int size) {
        var found = orders.newest(PageRequest.of(page, size));
        var addressOf = addresses(found.getContent());
        var linesOf = lines(found.getContent());
        return new OrderPage(
                page,
                size,
                found.getTotalElements(),
                found.map(row -> view(row, addressOf.get(row.userId()), linesOf.getOrDefault(row.id(), List.of())))
                        .getContent());
    }

    /** The first address of each user is the newest. */
    private Map<Long, AddressView> addresses(List<OrderRow> rows) {
        var users = rows.stream().map(OrderRow::userId).distinct().toList();
        return addresses.activeNewestFirst(users).stream()
                .collect(toMap(
                        AddressRow::userId,
                        row -> new AddressView(row.street(), row.postcode(), row.city()),
                        (newest, older) -> newest));
    }

    private Map<Long, List<OrderView.Line>> lines(List<OrderRow> rows) {
        return orders.lines(rows.stream().map(OrderRow::id).toList()).stream()
                .collect(groupingBy(
                        LineRow::orderId,
                        mapping(row -> new OrderView.Line(row.product(), row.quantity(), row.price()), toList())));
    }

    private static OrderView view(OrderRow row, @Nullable AddressView address, List<OrderView.Line> lines) {
        return new OrderView(
                row.number(),
                row.orderedOn(),
                row.status(),
                row.total(),
                new OrderView.Customer(row.userName(), row.userCompany(), address),
                new OrderView.Supplier(
                        row.officeCompany(),
                        row.officeName(),
                        new AddressView(row.officeStreet(), row.officePostcode(), row.officeCity())),
                lines);
    }
}
