package dev.headroom.examples.orders.narrow;

import dev.headroom.examples.orders.domain.OrderStatus;
import org.springframework.data.domain.PageRequest;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
@Transactional(readOnly = true)
class OfficeService {
    private final OfficeRepository offices;
    private final OrderRepository orders;

    OfficeService(OfficeRepository offices, OrderRepository orders) {
        this.offices = offices;
        this.orders = orders;
    }

    OfficePage page(int page, int size) {
        var found = offices.byCompany(PageRequest.of(page, size));
        return new OfficePage(
                page, size, found.getTotalElements(), found.map(this::view).getContent());
    }

    OfficePage ofCompany(long company) {
        return OfficePage.ofAll(
                offices.ofCompany(company).stream().map(this::view).toList());
    }

    private OfficeView view(OfficeRow row) {
        return OfficeView.of(
                row,
                orders.countByOfficeIdAndStatus(row.id(), OrderStatus.OPEN),
                orders.lastOrderOn(row.id()).orElse(null));
    }
}
