package dev.headroom.examples.orders.domain;

import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;

/** Somebody who works in an office of a company and may order. */
@Entity
@Table(name = "users")
@SuppressWarnings("NullAway.Init")
public class User {
    @Id
    private Long id;

    @ManyToOne(fetch = FetchType.LAZY)
    private Company company;

    @ManyToOne(fetch = FetchType.LAZY)
    private Office office;

    private String name;
    private String email;
    private String phone;

    protected User() {}

    public Long getId() {
        return id;
    }

    public Company getCompany() {
        return company;
    }

    public Office getOffice() {
        return office;
    }

    public String getName() {
        return name;
    }

    public String getEmail() {
        return email;
    }

    public String getPhone() {
        return phone;
    }
}
