package dev.headroom.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headroom.core.check.Budget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeadroomTomlTest {
    @TempDir
    Path folder;

    @Test
    void withoutAFileNothingIsSaid() {
        assertThat(HeadroomToml.read(folder.resolve("headroom.toml"))).isEqualTo(HeadroomToml.NONE);
    }

    @Test
    void budgetsAndSilencesAreRead() throws IOException {
        HeadroomToml read = read("""
                [budget]
                "GET /api/orders" = 10
                "GET /api/*" = 40

                [[silence]]
                check = "repeated-query"
                route = "GET /legacy/*"
                reason = "replaced in the next release"
                expires = 2030-01-31

                [[silence]]
                id = "03bd5fa958"
                reason = "cheap"
                """);

        assertThat(read.budgets())
                .containsExactlyInAnyOrder(new Budget("GET /api/orders", 10), new Budget("GET /api/*", 40));
        assertThat(read.silences()).hasSize(2);
        assertThat(read.silences().get(0).route()).isEqualTo("GET /legacy/*");
        assertThat(read.silences().get(0).expires()).isEqualTo(LocalDate.of(2030, 1, 31));
        assertThat(read.silences().get(1).id()).isEqualTo("03bd5fa958");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[[silence]];check = 'x'|a silence needs a reason",
                "[[silence]];reason = 'x'|must name a check, route, shape, id or call site",
                "[[silence]];check = 'x';reason = 'y';expires = 'soon'|line 4: expires is a date without quotes",
                "[[silence]];check = 1;reason = 'y'|line 2: check is a text in quotes",
                "[[silence]];chek = 'x';reason = 'y'|line 2: a silence has no \"chek\"",
                "[silence];check = 'x'|with two brackets",
                "silence = [1]|line 1: a silence is written as [[silence]]",
                "silence = 'x'|with two brackets",
                "[budget];'GET /x' = 'ten'|line 2: \"GET /x\" needs a whole number",
                "[budget];'GET /x' = -1|needs a whole number",
                "[budget];'GET /x' = 1.5|needs a whole number",
                "budget = 3|line 1: budgets are written below [budget]",
                "[budgets];'GET /x' = 1|line 1: there is no section \"budgets\"",
                "not toml|line 1: ",
            })
    void aMistakeIsSaidWithItsPlace(String text, String message) {
        assertThatThrownBy(() -> read(text.replace(";", "\n")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("headroom.toml")
                .hasMessageContaining(message);
    }

    private HeadroomToml read(String text) throws IOException {
        return HeadroomToml.read(Files.writeString(folder.resolve("headroom.toml"), text));
    }
}
