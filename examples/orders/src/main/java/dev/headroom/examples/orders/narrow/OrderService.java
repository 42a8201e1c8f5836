package dev.headroom.examples.orders.narrow;

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
        return new OrderPage(
                page, size, found.getTotalElements(), found.map(this::view).getContent());
    }

    private OrderView view(OrderRow row) {
        var address = addresses.findFirstByUserIdAndActiveTrueOrderBySinceDesc(row.userId());
        return OrderView.of(row, address.orElse(null));
    }
}
