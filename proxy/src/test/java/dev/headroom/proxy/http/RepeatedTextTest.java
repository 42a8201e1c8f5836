package dev.headroom.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.core.route.RouteGrouper;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RepeatedTextTest {
    @Test
    void whatIsMadeOfATextIsMadeOnce() {
        RepeatedText<Object> texts = new RepeatedText<>(16, text -> new Object());

        Object first = texts.of(bytes("GET /a HTTP/1.1"), 4, 6);

        assertThat(texts.of(bytes("/a"), 0, 2)).isSameAs(first);
        assertThat(texts.of(bytes("/b"), 0, 2)).isNotSameAs(first);
    }

    @Test
    void textsThatFallOnOnePlaceAreToldApart() {
        RepeatedText<String> texts = new RepeatedText<>(1, text -> text);
        Random random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            String text = "/" + random.nextInt(50) + "é".repeat(random.nextInt(3));
            byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
            assertThat(texts.of(bytes, 0, bytes.length)).isEqualTo(text);
        }
    }

    @Test
    void longTextsAreNotKept() {
        RepeatedText<Object> texts = new RepeatedText<>(16, text -> new Object());
        byte[] longer = bytes("/".repeat(RepeatedText.LONGEST + 1));

        assertThat(texts.of(longer, 0, longer.length)).isNotSameAs(texts.of(longer, 0, longer.length));
    }

    @Test
    void aTargetKeepsTheRouteThatItsPathHas() {
        RouteGrouper routes = new RouteGrouper();
        Target target = new Target("/orders/17?token=hidden");

        assertThat(target.text()).isEqualTo("/orders/17?token=hidden");
        assertThat(target.path()).isEqualTo("/orders/17?token=***");
        assertThat(target.route(routes)).isEqualTo("/orders/{id}").isSameAs(target.route(routes));
    }

    /** What a target's kept route rests on. */
    @Test
    void aPathHasOneRouteHoweverManyOthersCome() {
        RouteGrouper routes = new RouteGrouper();
        Random random = new Random(2);
        String[] paths = new String[4_000];
        String[] first = new String[paths.length];
        for (int i = 0; i < paths.length; i++) {
            paths[i] =
                    "/" + (char) ('a' + random.nextInt(26)) + "/" + Integer.toString(i, 36) + "/x" + random.nextInt(90);
            first[i] = routes.route(paths[i]);
        }
        for (int i = 0; i < paths.length; i++) {
            assertThat(routes.route(paths[i])).isEqualTo(first[i]);
        }
        assertThat(first).contains(RouteGrouper.OTHER);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
