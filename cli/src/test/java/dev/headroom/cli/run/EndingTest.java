package dev.headroom.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.cli.process.AppProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class EndingTest {
    @TempDir
    Path folder;

    @Test
    void theGraceCountsFromTheSignalWhateverTheAppStillHasToTell() throws Exception {
        AppProcess app = started("trap '' TERM; touch ready; while :; do sleep 0.1; done");
        List<Boolean> ended = new ArrayList<>();
        Ending ending = new Ending(app, Duration.ofSeconds(1), atMost -> {
            assertThat(atMost).isEqualTo(Duration.ofMillis(50));
            // an app that never tells
            ended.add(hasEnded(app));
        });

        ending.signalled("TERM", false);

        assertThat(ended).containsExactly(true);
        assertThat(ending.forced()).isTrue();
    }

    @Test
    void theAppIsAskedBeforeItIsToldToEnd() throws Exception {
        AppProcess app = started("trap 'exit 9' TERM; touch ready; while :; do sleep 0.1; done");
        List<Boolean> alive = new ArrayList<>();
        Ending ending = new Ending(app, Duration.ofMinutes(5), atMost -> {
            assertThat(atMost).isEqualTo(Duration.ofSeconds(5));
            alive.add(app.alive());
        });

        ending.signalled("TERM", false);

        assertThat(app.await()).isEqualTo(9);
        assertThat(alive).containsExactly(true);
        assertThat(ending.forced()).isFalse();
    }

    @Test
    void anInterruptFromBeforeTheAppWasThereIsPassedOn() throws Exception {
        AppProcess app = started("trap 'exit 9' INT; touch ready; while :; do sleep 0.1; done");

        new Ending(app, Duration.ofMinutes(5), atMost -> {}).signalled("INT", true);

        assertThat(app.await()).isEqualTo(9);
    }

    private AppProcess started(String script) throws Exception {
        AppProcess app = AppProcess.start(
                List.of("env", "--default-signal=INT,TERM", "sh", "-c", "cd '" + folder + "'; " + script),
                System.getenv());
        while (!Files.exists(folder.resolve("ready"))) {
            assertThat(app.alive()).isTrue();
            TimeUnit.MILLISECONDS.sleep(10);
        }
        return app;
    }

    private static boolean hasEnded(AppProcess app) {
        try {
            return app.await(Duration.ofSeconds(30));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
