package dev.headroom.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PortArgumentsTest {
    @ParameterizedTest
    @CsvSource({
        "--port=8000, --port=41000",
        "8000, 41000",
        "0.0.0.0:8000, 0.0.0.0:41000",
        "[::]:8000, [::]:41000",
        "-b:8000, -b:41000",
        "http://localhost:8000/, http://localhost:41000/",
        "{port}, 41000",
        "tcp:{port}, tcp:41000",
        "--timeout=18000, --timeout=18000",
        "v8000, v8000",
        "8000m, 8000m",
        "8000.5, 8000.5",
    })
    void thePortIsReplacedWhereItStandsAlone(String before, String after) {
        assertThat(PortArguments.replaced(List.of("app", before), 8_000, 41_000))
                .containsExactly("app", after);
    }

    @ParameterizedTest
    @CsvSource({"{port}, 41000", "8000, 8000"})
    void withoutACallersPortOnlyThePlaceholderIsReplaced(String before, String after) {
        assertThat(PortArguments.replaced(List.of("app", before), 0, 41_000)).containsExactly("app", after);
    }
}
