package dev.headroom.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PortOptionTest {
    @ParameterizedTest
    @CsvSource({
        "run, --port, 0",
        "run, --port, 65536",
        "run, --page-port, 0",
        "run, --page-port, -1",
        "open, --page-port, 0",
        "open, --page-port, 65536"
    })
    void whatIsNoPortIsRefused(String command, String option, String port) {
        Printed refused = Printed.by(command, option, port, "--", "true");

        assertThat(refused.status()).isEqualTo(64);
        assertThat(refused.text()).startsWith("headroom: " + option + " " + port + ": a port is between 1 and 65535");
    }
}
