package dev.headroom.examples.orders.after;

import dev.headroom.examples.orders.domain.Address;
import java.util.Collection;
import java.util.List;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface AddressRepository extends Repository<Address, Long> {

    @Query("""
            select new dev.headroom.examples.orders.after.AddressRow(a.user.id, a.street, a.postcode, a.city)
            from Address a where a.active and a.user.id in :users order by a.since desc
            """)
    List<AddressRow> activeNewestFirst(Collection<Long> users);
}
