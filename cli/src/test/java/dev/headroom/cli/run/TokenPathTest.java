package dev.headroom.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenPathTest {
    @ParameterizedTest
    @CsvSource({
        "/-/headroom, /-/headroom-",
        "/-/headroom-, /-/headroom-",
        "/-/headroom/, /-/headroom-",
        "/-/headroom-secret, /-/headroom-secret-",
        "/page, /page-"
    })
    void adds_a_token_where_there_is_none(String named, String begins) {
        String path = TokenPath.of(named);
        assertThat(path).startsWith(begins);
        assertThat(path.substring(begins.length())).matches("[0-9a-f]{32}");
        assertThat(TokenPath.of(named)).isNotEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/-/headroom-0123456789abcdef0123", "/page/0123456789abcdef0123/"})
    void keeps_a_token_that_the_user_chose(String named) {
        assertThat(TokenPath.of(named)).isEqualTo(named.replaceFirst("/$", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "headroom", "/a b", "/a?b", "/a//b", "/%2e", "http://a/b", "/a;b", "/ä"})
    void refuses_what_is_no_plain_path(String named) {
        assertThatThrownBy(() -> TokenPath.of(named))
                .isInstanceOf(CannotRunException.class)
                .hasMessageStartingWith("--page-path " + named + ": ");
    }
}
