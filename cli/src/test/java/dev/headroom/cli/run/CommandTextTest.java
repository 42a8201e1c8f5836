package dev.headroom.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "java -jar app.jar|java -jar app.jar",
                "app --password=hunter2 --port=1|app --password=*** --port=1",
                "app --api-key hunter2 --port 1|app --api-key *** --port 1",
                "app -Dspring.datasource.password=hunter2|app -Dspring.datasource.password=***",
                "app --url=postgres://web:hunter2@db/x|app --url=postgres://web:***@db/x",
                "app postgres://web:hun@ter2@db/x|app postgres://web:***@db/x",
                "app jdbc:postgresql://db/x?user=u&password=hunter2&a=b"
                        + "|app jdbc:postgresql://db/x?user=u&password=***&a=b",
                "SECRET_TOKEN=hunter2 app|SECRET_TOKEN=*** app",
            })
    void secretsAreBlanked(String command, String shown) {
        assertThat(CommandText.of(List.of(command.split(" ")))).isEqualTo(shown);
    }

    @Test
    void anOptionThatFollowsASecretNameIsNotItsValue() {
        assertThat(CommandText.of(List.of("app", "--token", "--verbose"))).isEqualTo("app --token --verbose");
    }
}
