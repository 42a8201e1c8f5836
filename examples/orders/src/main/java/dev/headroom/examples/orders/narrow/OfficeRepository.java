package dev.headroom.examples.orders.narrow;

import dev.headroom.examples.orders.domain.Office;
import java.util.List;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface OfficeRepository extends Repository<Office, Long> {
    String ROWS = """
            select new dev.headroom.examples.orders.narrow.OfficeRow(
                f.id, f.name, c.name, f.street, f.postcode, f.city, m.name)
            from Office f join f.company c join f.manager m
            """;

    @Query(value = ROWS + "order by c.name, f.name, f.id", countQuery = "select count(f) from Office f")
    Page<OfficeRow> byCompany(Pageable page);

    @Query(ROWS + "where c.id = :company order by f.name, f.id")
    List<OfficeRow> ofCompany(long company);
}
