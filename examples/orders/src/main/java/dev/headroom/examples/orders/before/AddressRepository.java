package dev.headroom.examples.orders.before;

import dev.headroom.examples.orders.domain.Address;
import dev.headroom.examples.orders.domain.User;
import java.util.Optional;
import org.springframework.data.jpa.repository.JpaRepository;

interface AddressRepository extends JpaRepository<Address, Long> {

    Optional<Address> findFirstByUserAndActiveTrueOrderBySinceDesc(User user);
}
