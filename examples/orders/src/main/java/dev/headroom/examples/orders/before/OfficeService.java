package dev.headroom.examples.orders.before;

import dev.headroom.examples.orders.domain.Office;
import dev.headroom.examples.orders.domain.Order;
import dev.headroom.examples.orders.domain.OrderStatus;
import dev.headroom.examples.orders.view.AddressView;
import dev.headroom.examples.orders.view.OfficePage;
import dev.headroom.examples.orders.view.OfficeView;
import java.util.List;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Sort;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
@Transactional(readOnly = true)
class OfficeService {
    private static final Sort BY_COMPANY = Sort.by("company.name", "name", "id");

    private final OfficeRepository offices;
    private final OrderRepository orders;

    OfficeService(OfficeRepository offices, OrderRepository orders) {
        this.offices = offices;
        this.orders = orders;
    }

    OfficePage page(int page, int size) {
        var found = offices.findAll(PageRequest.of(page, size, BY_COMPANY));
        return new OfficePage(
                page, size, found.getTotalElements(), found.map(this::view).getContent());
    }

    OfficePage ofCompany(long company) {
        var found = offices.findByCompanyIdOrderByNameAscIdAsc(company);
        return OfficePage.ofAll(found.stream().map(this::view).toList());
    }

    private OfficeView view(Office office) {
        return new OfficeView(
                office.getName(),
                office.getCompany().getName(),
                new AddressView(office.getStreet(), office.getPostcode(), office.getCity()),
                office.getManager().getName(),
                office.getStaff().size(),
                orders.countByOfficeAndStatus(office, OrderStatus.OPEN),
                orders.findFirstByOfficeOrderByOrderedOnDescIdDesc(office)
                        .map(Order::getOrderedOn)
                        .orElse(null),
                hours(office));
    }

    private static List<OfficeView.Hours> hours(Office office) {
        return office.getHours().stream()
                .map(hours -> new OfficeView.Hours(hours.getWeekday(), hours.getOpens(), hours.getCloses()))
                .toList();
    }
}
