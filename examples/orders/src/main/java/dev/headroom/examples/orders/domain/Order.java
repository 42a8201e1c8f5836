package dev.headroom.examples.orders.domain;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** What a user ordered, and the office (of another company) that delivers it. */
@Entity
@Table(name = "orders")
@SuppressWarnings("NullAway.Init")
public class Order {
    @Id
    private Long id;

    @ManyToOne(fetch = FetchType.LAZY)
    private User user;

    @ManyToOne(fetch = FetchType.LAZY)
    private Office office;

    private String number;

    @Enumerated(EnumType.STRING)
    private OrderStatus status;

    private LocalDate orderedOn;
    private BigDecimal total;

    @OneToMany(mappedBy = "order")
    @OrderBy("position")
    private List<OrderLine> lines = new ArrayList<>();

    protected Order() {}

    public Long getId() {
        return id;
    }

    public User getUser() {
        return user;
    }

    public Office getOffice() {
        return office;
    }

    public String getNumber() {
        return number;
    }

    public OrderStatus getStatus() {
        return status;
    }

    public LocalDate getOrderedOn() {
        return orderedOn;
    }

    public BigDecimal getTotal() {
        return total;
    }

    public List<OrderLine> getLines() {
        return lines;
    }
}
