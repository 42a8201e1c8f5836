package dev.headroom.core.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.core.trace.RunInfo;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguageTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
            puma -e production config.ru,                                  RUBY
            bundle exec rails server,                                      RUBY
            /usr/bin/php8.2 -S 127.0.0.1:{port} -t public,                 PHP
            npx directus start,                                            NODE
            node_modules/.bin/directus start,                              NODE
            sh -c 'exec node dist/main.js',                                NODE
            env A=b /usr/bin/python3.11 -m gunicorn app:app,               PYTHON
            waitress-serve --threads=8 wsgi:application,                   PYTHON
            bin/kc.sh start --optimized,                                   JVM
            /opt/jdk-25/bin/java -jar orders.jar,                          JVM
            ./gradlew bootRun,                                             JVM
            ./start.sh,
            miniflux -c miniflux.conf,
            """)
    void isToldByTheCommand(String command, @Nullable Language language) {
        assertThat(Language.of(info(command))).isEqualTo(language);
    }

    @Test
    void isNotKnownWithoutARun() {
        assertThat(Language.of(null)).isNull();
    }

    @Test
    void anUnknownFrameworkGetsNoAdviceInAnotherLanguagesWords() {
        assertThat(frameworks("php -S 127.0.0.1:8000")).containsExactly(Framework.SQL);
        assertThat(frameworks("java -jar app.jar")).containsExactly(Framework.SQL, Framework.JPA);
        assertThat(frameworks("./start.sh")).containsExactly(Framework.SQL, Framework.DJANGO, Framework.JPA);
    }

    private static List<Framework> frameworks(String command) {
        Doctor doctor = new Doctor(Checks.all(), CheckContext.DEFAULT);
        doctor.run(info(command));
        doctor.request(TestRequest.get("/a")
                .each(TestRequest.range(1, 20), 1, "select name from users where id = $1")
                .build());
        return doctor.diagnosis().findings().get(0).fixes().stream()
                .map(Fix::framework)
                .toList();
    }

    private static RunInfo info(String command) {
        return new RunInfo(command, 0, 0, "1", Map.of());
    }
}
