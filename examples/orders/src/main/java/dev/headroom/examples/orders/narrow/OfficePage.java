package dev.headroom.examples.orders.narrow;

import java.util.List;

/** A page of offices by company and name, or all offices of one company; pages count from 0. */
record OfficePage(int page, int size, long total, List<OfficeView> offices) {

    static OfficePage ofAll(List<OfficeView> offices) {
        return new OfficePage(0, offices.size(), offices.size(), offices);
    }
}
