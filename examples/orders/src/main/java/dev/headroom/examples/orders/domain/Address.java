package dev.headroom.examples.orders.domain;

import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.time.LocalDate;

/** Where a user has, or had, orders delivered to; the newest active one counts. */
@Entity
@Table(name = "addresses")
@SuppressWarnings("NullAway.Init")
public class Address {
    @Id
    private Long id;

    @ManyToOne(fetch = FetchType.LAZY)
    private User user;

    private boolean active;
    private String street;
    private String postcode;
    private String city;
    private LocalDate since;

    protected Address() {}

    public Long getId() {
        return id;
    }

    public User getUser() {
        return user;
    }

    public boolean isActive() {
        return active;
    }

    public String getStreet() {
        return street;
    }

    public String getPostcode() {
        return postcode;
    }

    public String getCity() {
        return city;
    }

    public LocalDate getSince() {
        return since;
    }
}
