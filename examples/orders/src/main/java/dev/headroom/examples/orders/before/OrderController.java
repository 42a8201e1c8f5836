package dev.headroom.examples.orders.before;

import dev.headroom.examples.orders.view.OrderPage;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class OrderController {
    private final OrderService orders;

    OrderController(OrderService orders) {
        this.orders = orders;
    }

    @GetMapping("/api/orders")
    OrderPage newest(@RequestParam(defaultValue = "0") int page, @RequestParam(defaultValue = "40") int size) {
        return orders.newest(page, size);
    }
}
