package dev.headroom.examples.orders.view;

import java.util.List;

/** A page of offices by company and name, or all offices of one company; pages count from 0. */
public record OfficePage(int page, int size, long total, List<OfficeView> offices) {

    /** All of one company's offices as a single page. */
    public static OfficePage ofAll(List<OfficeView> offices) {
        return new OfficePage(0, offices.size(), offices.size(), offices);
    }
}
