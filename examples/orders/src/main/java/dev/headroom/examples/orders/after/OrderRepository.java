package dev.headroom.examples.orders.after;

import dev.headroom.examples.orders.domain.Order;
import dev.headroom.examples.orders.domain.OrderStatus;
import java.util.Collection;
import java.util.List;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface OrderRepository extends Repository<Order, Long> {

    @Query(value = """
                    select new dev.headroom.examples.orders.after.OrderRow(
                        o.id, o.number, o.orderedOn, o.status, o.total,
                        u.id, u.name, uc.name,
                        oc.name, f.name, f.street, f.postcode, f.city)
                    from Order o
                    join o.user u join u.company uc
                    join o.office f join f.company oc
                    order by o.orderedOn desc, o.id desc
                    """, countQuery = "select count(o) from Order o")
    Page<OrderRow> newest(Pageable page);

    @Query("""
            select new dev.headroom.examples.orders.after.LineRow(l.order.id, l.product, l.quantity, l.price)
            from OrderLine l where l.order.id in :orders order by l.order.id, l.position
            """)
    List<LineRow> lines(Collection<Long> orders);

    @Query("""
            select new dev.headroom.examples.orders.after.OrderFigures(
                o.office.id, sum(case when o.status = :open then 1 else 0 end), max(o.orderedOn))
            from Order o where o.office.id in :offices group by o.office.id
            """)
    List<OrderFigures> figures(Collection<Long> offices, OrderStatus open);
}
