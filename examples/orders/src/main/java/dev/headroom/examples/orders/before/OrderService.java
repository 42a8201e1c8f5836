package dev.headroom.examples.orders.before;

import dev.headroom.examples.orders.domain.Office;
import dev.headroom.examples.orders.domain.Order;
import dev.headroom.examples.orders.domain.User;
import dev.headroom.examples.orders.view.AddressView;
import dev.headroom.examples.orders.view.OrderPage;
import dev.headroom.examples.orders.view.OrderView;
import java.util.List;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Sort;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
@Transactional(readOnly = true)
class OrderService {
    private static final Sort NEWEST_FIRST = Sort.by(Sort.Direction.DESC, "orderedOn", "id");

    private final OrderRepository orders;
    private final AddressRepository addresses;

    OrderService(OrderRepository orders, AddressRepository addresses) {
        this.orders = orders;
        this.addresses = addresses;
    }

    OrderPage newest(int page, int size) {
        var found = orders.findAll(PageRequest.of(page, size, NEWEST_FIRST));
        return new OrderPage(
                page, size, found.getTotalElements(), found.map(this::view).getContent());
    }

    private OrderView view(Order order) {
        return new OrderView(
                order.getNumber(),
                order.getOrderedOn(),
                order.getStatus(),
                order.getTotal(),
                customer(order.getUser()),
                supplier(order.getOffice()),
                lines(order));
    }

    private OrderView.Customer customer(User user) {
        var address = addresses
                .findFirstByUserAndActiveTrueOrderBySinceDesc(user)
                .map(found -> new AddressView(found.getStreet(), found.getPostcode(), found.getCity()));
        return new OrderView.Customer(user.getName(), user.getCompany().getName(), address.orElse(null));
    }

    private static OrderView.Supplier supplier(Office office) {
        return new OrderView.Supplier(
                office.getCompany().getName(),
                office.getName(),
                new AddressView(office.getStreet(), office.getPostcode(), office.getCity()));
    }

    private static List<OrderView.Line> lines(Order order) {
        return order.getLines().stream()
                .map(line -> new OrderView.Line(line.getProduct(), line.getQuantity(), line.getPrice()))
                .toList();
    }
}
