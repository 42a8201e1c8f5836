package dev.headroom.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.proxy.http.TlsProbe.Answer;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class SilentAppTest {
    private static final SocketAddress ADDRESS = UnixDomainSocketAddress.of("app.sock");

    private final Queue<Answer> answers = new ArrayDeque<>();
    private final List<SocketAddress> asked = new ArrayList<>();
    private final SilentApp app = new SilentApp(Runnable::run, Runnable::run, address -> {
        asked.add(address);
        return answers.remove();
    });

    @Test
    void whatWasToldOnceHolds() {
        answers.add(Answer.TLS);

        assertThat(explained()).isEqualTo(ForeignProtocol.TLS + ".");
        assertThat(explained()).isEqualTo(ForeignProtocol.TLS + ".");
        assertThat(asked).containsExactly(ADDRESS);
    }

    @Test
    void anAppThatWasTooBusyToTellIsAskedAgain() {
        answers.add(Answer.NONE);
        answers.add(Answer.TLS);

        assertThat(explained()).isEqualTo("closed");
        assertThat(explained()).isEqualTo(ForeignProtocol.TLS + ".");
    }

    @Test
    void anAppThatNeverTellsIsAskedThreeTimes() {
        answers.addAll(List.of(Answer.NONE, Answer.NONE, Answer.NONE));
        for (int i = 0; i < 5; i++) {
            assertThat(explained()).isEqualTo("closed");
        }
        assertThat(asked).hasSize(3);
    }

    @Test
    void anAppThatHasAnsweredIsNotAsked() {
        app.answered();

        assertThat(explained()).isEqualTo("closed");
        assertThat(asked).isEmpty();
    }

    private String explained() {
        List<String> told = new ArrayList<>();
        app.explain(ADDRESS, "closed", told::add);
        assertThat(told).hasSize(1);
        return told.get(0);
    }
}
