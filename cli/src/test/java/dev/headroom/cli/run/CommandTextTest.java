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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "exec gunicorn wsgi --threads 8|exec gunicorn wsgi --threads 8",
                "A=1 API_KEY=hunter2 exec gunicorn wsgi|A=1 API_KEY=*** exec gunicorn wsgi",
                "A=1 API_KEY=\"hun ter2\"x gunicorn wsgi|A=1 API_KEY=*** gunicorn wsgi",
                "app --password hunter2 --port 1; app --verbose|app --password *** --port 1; app --verbose",
                "app --token --verbose|app --token --verbose",
                "A=1 app --url postgres://web:hunter2@db/x|A=1 app --url postgres://web:***@db/x",
            })
    void secretsInAShellsCommandAreBlanked(String command, String shown) {
        assertThat(CommandText.of(List.of("/bin/sh", "-c", command))).isEqualTo("/bin/sh -c " + shown);
    }
}
