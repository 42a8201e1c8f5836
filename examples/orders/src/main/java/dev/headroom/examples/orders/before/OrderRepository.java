package dev.headroom.examples.orders.before;

import dev.headroom.examples.orders.domain.Office;
import dev.headroom.examples.orders.domain.Order;
import dev.headroom.examples.orders.domain.OrderStatus;
import java.util.Optional;
import org.springframework.data.jpa.repository.JpaRepository;

interface OrderRepository extends JpaRepository<Order, Long> {

    long countByOfficeAndStatus(Office office, OrderStatus status);

    Optional<Order> findFirstByOfficeOrderByOrderedOnDescIdDesc(Office office);
}
