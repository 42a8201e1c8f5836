package dev.headroom.examples.orders.before;

import dev.headroom.examples.orders.domain.Office;
import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;

interface OfficeRepository extends JpaRepository<Office, Long> {

    List<Office> findByCompanyIdOrderByNameAscIdAsc(long companyId);
}
