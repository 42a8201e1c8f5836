package dev.headroom.examples.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {

    @ParameterizedTest
    @ValueSource(strings = {"postgres", "postgresql"})
    void a_platform_url_becomes_a_jdbc_url_and_credentials(String scheme) {
        assertThat(DatabaseUrl.parse(
                        scheme + "://jo%40x:p%3Aw+d@db.example:6543/shop?sslmode=disable&tcpKeepAlive=true"))
                .isEqualTo(new DatabaseUrl(
                        "jdbc:postgresql://db.example:6543/shop?sslmode=disable&tcpKeepAlive=true", "jo@x", "p:w+d"));
    }

    @Test
    void port_password_and_parameters_may_be_left_out() {
        assertThat(DatabaseUrl.parse("postgres://jo@localhost/shop"))
                .isEqualTo(new DatabaseUrl("jdbc:postgresql://localhost/shop", "jo", ""));
    }

    @Test
    void a_jdbc_url_is_taken_as_it_is() {
        assertThat(DatabaseUrl.parse("jdbc:postgresql://db/shop?user=jo"))
                .isEqualTo(new DatabaseUrl("jdbc:postgresql://db/shop?user=jo", "", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mysql://jo:secret@db/shop", "postgres://jo:secret^word@db/shop"})
    void a_refused_url_does_not_show_its_password(String url) {
        assertThatThrownBy(() -> DatabaseUrl.parse(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("DATABASE_URL")
                .hasNoCause()
                .extracting(Throwable::getMessage)
                .asString()
                .doesNotContain("secret");
    }

    @Test
    void spring_s_own_variables_come_first() {
        assertThat(DatabaseUrl.fromEnvironment(Map.of(
                        "SPRING_DATASOURCE_URL", "jdbc:postgresql://spring/shop",
                        "SPRING_DATASOURCE_USERNAME", "jo",
                        "SPRING_DATASOURCE_PASSWORD", "pw",
                        "DATABASE_URL", "postgres://platform/shop")))
                .isEqualTo(new DatabaseUrl("jdbc:postgresql://spring/shop", "jo", "pw"));
    }

    @Test
    void a_missing_url_is_named() {
        assertThatThrownBy(() -> DatabaseUrl.fromEnvironment(Map.of()))
                .hasMessageContaining("DATABASE_URL=postgres://user:password@host:port/database");
    }
}
