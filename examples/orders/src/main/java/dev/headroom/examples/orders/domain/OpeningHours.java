package dev.headroom.examples.orders.domain;

import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.time.LocalTime;

/** When an office is open on one day of the week; 1 is Monday. */
@Entity
@Table(name = "opening_hours")
@SuppressWarnings("NullAway.Init")
public class OpeningHours {
    @Id
    private Long id;

    @ManyToOne(fetch = FetchType.LAZY)
    private Office office;

    private int weekday;
    private LocalTime opens;
    private LocalTime closes;

    protected OpeningHours() {}

    public Office getOffice() {
        return office;
    }

    public int getWeekday() {
        return weekday;
    }

    public LocalTime getOpens() {
        return opens;
    }

    public LocalTime getCloses() {
        return closes;
    }
}
