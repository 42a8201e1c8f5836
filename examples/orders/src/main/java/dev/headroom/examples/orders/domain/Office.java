package dev.headroom.examples.orders.domain;

import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import jakarta.persistence.Table;
import java.util.ArrayList;
import java.util.List;

/** A place where a company works. Its description and directions are some kilobytes long. */
@Entity
@Table(name = "offices")
@SuppressWarnings("NullAway.Init")
public class Office {
    @Id
    private Long id;

    @ManyToOne(fetch = FetchType.LAZY)
    private Company company;

    @ManyToOne(fetch = FetchType.LAZY)
    private User manager;

    private String name;
    private String street;
    private String postcode;
    private String city;
    private String description;
    private String directions;

    @OneToMany(mappedBy = "office")
    private List<User> staff = new ArrayList<>();

    @OneToMany(mappedBy = "office")
    @OrderBy("weekday")
    private List<OpeningHours> hours = new ArrayList<>();

    protected Office() {}

    public Long getId() {
        return id;
    }

    public Company getCompany() {
        return company;
    }

    public User getManager() {
        return manager;
    }

    public String getName() {
        return name;
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

    public String getDescription() {
        return description;
    }

    public String getDirections() {
        return directions;
    }

    public List<User> getStaff() {
        return staff;
    }

    public List<OpeningHours> getHours() {
        return hours;
    }
}
