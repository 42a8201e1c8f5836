package dev.headroom.examples.orders.after;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toMap;

import dev.headroom.examples.orders.domain.OrderStatus;
import dev.headroom.examples.orders.view.AddressView;
import dev.headroom.examples.orders.view.OfficePage;
import dev.headroom.examples.orders.view.OfficeView;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
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
        return new OfficePage(page, size, found.getTotalElements(), views(found.getContent()));
    }

    OfficePage ofCompany(long company) {
        return OfficePage.ofAll(views(offices.ofCompany(company)));
    }

    private List<OfficeView> views(List<OfficeRow> rows) {
        var ids = rows.stream().map(OfficeRow::id).toList();
        var figuresOf =
                orders.figures(ids, OrderStatus.OPEN).stream().collect(toMap(OrderFigures::officeId, identity()));
        var hoursOf = hours(ids);
        return rows.stream()
                .map(row -> view(row, figuresOf.get(row.id()), hoursOf.getOrDefault(row.id(), List.of())))
                .toList();
    }

    private Map<Long, List<OfficeView.Hours>> hours(List<Long> ids) {
        return offices.hours(ids).stream()
                .collect(groupingBy(
                        HoursRow::officeId,
                        mapping(row -> new OfficeView.Hours(row.weekday(), row.opens(), row.closes()), toList())));
    }

    private static OfficeView view(OfficeRow row, @Nullable OrderFigures figures, List<OfficeView.Hours> hours) {
        return new OfficeView(
                row.name(),
                row.company(),
                new AddressView(row.street(), row.postcode(), row.city()),
                row.manager(),
                row.staff(),
                figures == null ? 0 : figures.open(),
                figures == null ? null : figures.lastOrderOn(),
                hours);
    }
}
