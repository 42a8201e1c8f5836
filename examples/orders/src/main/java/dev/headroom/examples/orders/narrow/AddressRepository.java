package dev.headroom.examples.orders.narrow;

import dev.headroom.examples.orders.domain.Address;
import dev.headroom.examples.orders.view.AddressView;
import java.util.Optional;
import org.springframework.data.repository.Repository;

interface AddressRepository extends Repository<Address, Long> {

    Optional<AddressView> findFirstByUserIdAndActiveTrueOrderBySinceDesc(long userId);
}
