package dev.headroom.examples.orders.after;

import dev.headroom.examples.orders.domain.Office;
import java.util.Collection;
import java.util.List;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface OfficeRepository extends Repository<Office, Long> {
    String ROWS = """
            select new dev.headroom.examples.orders.after.OfficeRow(
                f.id, f.name, c.name, f.street, f.postcode, f.city, m.name,
                (select count(u) from User u where u.office = f))
            from Office f join f.company c join f.manager m
            """;

    @Query(value = ROWS + "order by c.name, f.name, f.id", countQuery = "select count(f) from Office f")
    Page<OfficeRow> byCompany(Pageable page);

    @Query(ROWS + "where c.id = :company order by f.name, f.id")
    List<OfficeRow> ofCompany(long company);

    @Query("""
            select new dev.headroom.examples.orders.after.HoursRow(h.office.id, h.weekday, h.opens, h.closes)
            from OpeningHours h where h.office.id in :offices order by h.office.id, h.weekday
            """)
    List<HoursRow> hours(Collection<Long> offices);
}
