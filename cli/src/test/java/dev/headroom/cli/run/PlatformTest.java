package dev.headroom.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlatformTest {
    @Test
    void platformsAndContainersAreRecognisedByTheirMarks() {
        assertThat(Platform.recognise(Map.of("DYNO", "web.1"), List.of())).isEqualTo("a Heroku dyno");
        assertThat(Platform.recognise(Map.of("KUBERNETES_SERVICE_HOST", "10.0.0.1"), List.of()))
                .isEqualTo("a Kubernetes pod");
        assertThat(Platform.recognise(Map.of(), List.of(Path.of("/")))).isEqualTo("a container");
        assertThat(Platform.recognise(Map.of("PORT", "80"), List.of(Path.of("/no/such/file"))))
                .isNull();
    }
}
