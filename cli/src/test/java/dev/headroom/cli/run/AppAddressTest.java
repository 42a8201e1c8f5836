package dev.headroom.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class AppAddressTest {
    private static final InetSocketAddress TOLD = new InetSocketAddress(InetAddress.getLoopbackAddress(), 4_001);

    private final AppAddress address = new AppAddress(TOLD.getPort());
    private final long now = System.nanoTime();

    @Test
    void nothingIsSaidBeforeTheFirstLook() {
        assertThat(address.get()).isNull();
        assertThat(address.since(now)).isNull();
    }

    @Test
    void whereNobodyIsSeenTheToldPortIsTriedButNotTrustedByALookThatBeganBefore() {
        address.nobodyThere(System.nanoTime());
        assertThat(address.get()).isEqualTo(TOLD);
        assertThat(address.since(System.nanoTime())).isNull();
    }

    @Test
    void anotherProgramThatIsSeenThereSinceIsNotTrusted() {
        address.nobodyThere(System.nanoTime());
        long connected = System.nanoTime();
        address.taken();
        assertThat(address.since(connected)).isNull();
        assertThat(address.get()).isNull();
    }

    @Test
    void whereAConnectionStandsAndStillNobodyIsSeenTheToldPortHolds() {
        address.nobodyThere(now + 1);
        assertThat(address.since(now)).isEqualTo(TOLD);
        address.taken();
        assertThat(address.get()).as("for good").isEqualTo(TOLD);
    }

    @Test
    void theAppThatIsSeenElsewhereIsThere() {
        InetSocketAddress own = new InetSocketAddress(InetAddress.getLoopbackAddress(), 4_002);
        address.nobodyThere(now + 1);
        address.found(own);
        assertThat(address.since(now)).isEqualTo(own);
        assertThat(address.get()).isEqualTo(own);
    }
}
