package dev.headroom.examples.orders.after;

import dev.headroom.examples.orders.domain.OrderStatus;
import java.math.BigDecimal;
import java.time.LocalDate;

/** The columns of an order, its user and its office that the page shows. */
record OrderRow(
        long id,
        String number,
        LocalDate orderedOn,
        OrderStatus status,
        BigDecimal total,
        long userId,
        String userName,
        String userCompany,
        String officeCompany,
        String officeName,
        String officeStreet,
        String officePostcode,
        String officeCity) {}
