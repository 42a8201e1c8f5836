package dev.headroom.examples.orders.narrow;

import dev.headroom.examples.orders.domain.Order;
import dev.headroom.examples.orders.domain.OrderStatus;
import java.time.LocalDate;
import java.util.Optional;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;

interface OrderRepository extends JpaRepository<Order, Long> {

    @Query(value = """
                    select new dev.headroom.examples.orders.narrow.OrderRow(
                        o.number, o.orderedOn, o.status, o.total,
                        u.id, u.name, uc.name,
                        oc.name, f.name, f.street, f.postcode, f.city)
                    from Order o
                    join o.user u join u.company uc
                    join o.office f join f.company oc
                    order by o.orderedOn desc, o.id desc
                    """, countQuery = "select count(o) from Order o")
    Page<OrderRow> newest(Pageable page);

    long countByOfficeIdAndStatus(long officeId, OrderStatus status);

    @Query("select max(o.orderedOn) from Order o where o.office.id = :officeId")
    Optional<LocalDate> lastOrderOn(long officeId);
}
