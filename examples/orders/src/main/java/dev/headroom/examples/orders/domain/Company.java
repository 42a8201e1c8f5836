package dev.headroom.examples.orders.domain;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A company that orders, or that offers its offices to others, or both. Its two texts are some kilobytes long. */
@Entity
@Table(name = "companies")
@SuppressWarnings("NullAway.Init")
public class Company {
    @Id
    private Long id;

    private String name;
    private String vatNumber;
    private String website;
    private String profile;
    private String terms;

    protected Company() {}

    public Long getId() {
        return id;
    }

    public String getName() {
        return name;
    }

    public String getVatNumber() {
        return vatNumber;
    }

    public String getWebsite() {
        return website;
    }

    public String getProfile() {
        return profile;
    }

    public String getTerms() {
        return terms;
    }
}
