package dev.headroom.examples.orders.domain;

import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.math.BigDecimal;

/** One product of an order; positions count from 1. */
@Entity
@Table(name = "order_lines")
@SuppressWarnings("NullAway.Init")
public class OrderLine {
    @Id
    private Long id;

    @ManyToOne(fetch = FetchType.LAZY)
    private Order order;

    private int position;
    private String product;
    private int quantity;
    private BigDecimal price;

    protected OrderLine() {}

    public Order getOrder() {
        return order;
    }

    public int getPosition() {
        return position;
    }

    public String getProduct() {
        return product;
    }

    public int getQuantity() {
        return quantity;
    }

    public BigDecimal getPrice() {
        return price;
    }
}
