package dev.headroom.core.digest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TextWordsTest {
    private final ValueDigester digester = ValueDigester.withRandomSalt();
    private final TextWords words = new TextWords(digester);

    @Test
    void picksTheFirstWordsThatAreLongEnough() {
        assertThat(picked("The house at the end of the street is older than others"))
                .containsExactly(digests("house", "street", "older", "others"));
    }

    @Test
    void takesOneWordFromTheMiddleOfALongTextAndOneFromItsEnd() {
        String text = "alpha beta1 gamma delta " + "x ".repeat(200) + "middle " + "y ".repeat(200) + "ending";
        assertThat(picked(text)).containsExactly(digests("alpha", "beta1", "gamma", "delta", "middle", "ending"));
    }

    @Test
    void takesEachWordOnce() {
        assertThat(picked("Berlin, BERLIN and berlin")).containsExactly(digests("berlin"));
    }

    @Test
    void separatesWordsAtMarkupAndAtSignsBeyondAscii() {
        assertThat(picked("<b>house</b>&nbsp;„Straße“…older\u00a0others"))
                .containsExactly(digests("house", "straße", "older", "others"));
    }

    @Test
    void leavesOutWhatIsTooLongForAWord() {
        assertThat(picked("c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0 short")).containsExactly(digests("short"));
    }

    @Test
    void readsAnyBytes() {
        Random random = new Random(7);
        long[] into = new long[TextWords.MOST];
        for (int i = 0; i < 2_000; i++) {
            byte[] text = new byte[random.nextInt(700)];
            random.nextBytes(text);
            assertThat(words.pick(text, 0, text.length, into)).isBetween(0, TextWords.MOST);
        }
    }

    private long[] picked(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        long[] into = new long[TextWords.MOST];
        return Arrays.copyOf(into, words.pick(bytes, 0, bytes.length, into));
    }

    private long[] digests(String... expected) {
        return Arrays.stream(expected)
                .mapToLong(word -> digester.digest(word.toLowerCase(Locale.ROOT)))
                .toArray();
    }
}
