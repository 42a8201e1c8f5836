package dev.headroom.core.digest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ValueDigesterTest {
    private final ValueDigester digester = ValueDigester.withRandomSalt();

    @Test
    void isSipHash13() {
        // Key 00..0f and input 00..(n-1); compared with an implementation written straight from the paper.
        ValueDigester reference = new ValueDigester(0x0706050403020100L, 0x0f0e0d0c0b0a0908L);
        byte[] input = new byte[64];
        for (int i = 0; i < input.length; i++) {
            input[i] = (byte) i;
        }
        for (int length = 0; length <= input.length; length++) {
            assertThat(reference.digest(input, 0, length))
                    .isEqualTo(SipHash13Reference.hash(0x0706050403020100L, 0x0f0e0d0c0b0a0908L, input, length));
        }
        // the first vector of the published table for SipHash-1-3 with this key
        assertThat(reference.digest(input, 0, 0)).isEqualTo(0xabac0158050fc4dcL);
    }

    @Test
    void textAndItsBytesHaveOneDigest() {
        Random random = new Random(7);
        for (int round = 0; round < 2_000; round++) {
            String text = random.ints(random.nextInt(40), 1, 0x11000)
                    .filter(c -> c < 0xD800 || c > 0xDFFF)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            byte[] shifted = new byte[utf8.length + 3];
            System.arraycopy(utf8, 0, shifted, 3, utf8.length);
            assertThat(digester.digest(text)).isEqualTo(digester.digest(shifted, 3, utf8.length));
        }
        assertThat(digester.digest("\uD800")).isEqualTo(digester.digest("?"));
    }

    @Test
    void differsBySalt() {
        assertThat(ValueDigester.withRandomSalt().digest("42")).isNotEqualTo(digester.digest("42"));
    }

    @Test
    void smallIntegersDontCollide() {
        Set<Long> seen = new HashSet<>();
        for (int i = 0; i < 200_000; i++) {
            seen.add(digester.digest(Integer.toString(i)));
        }
        assertThat(seen).hasSize(200_000).doesNotContain(0L);
    }
}
