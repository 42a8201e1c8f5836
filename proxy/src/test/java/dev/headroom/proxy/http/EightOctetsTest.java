package dev.headroom.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EightOctetsTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void findsWhateverTheBytesHold(long seed) {
        Random random = new Random(seed);
        byte[] alphabet = {0, 9, 10, 13, 0x1f, 0x20, 0x21, 'a', 0x7e, 0x7f, (byte) 0x80, (byte) 0x8a, (byte) 0xff};
        byte[] bytes = new byte[10];
        for (int i = 0; i < 200_000; i++) {
            int letters = random.nextInt(alphabet.length) + 1;
            for (int at = 0; at < bytes.length; at++) {
                bytes[at] = alphabet[(random.nextInt(letters) + (int) seed * 5) % alphabet.length];
            }
            byte[] eight = Arrays.copyOfRange(bytes, 1, 9);
            long octets = EightOctets.at(bytes, 1);
            assertThat(EightOctets.hasLineFeed(octets))
                    .as(Arrays.toString(eight))
                    .isEqualTo(IntStream.range(0, 8).anyMatch(at -> eight[at] == '\n'));
            assertThat(EightOctets.hasControl(octets))
                    .as(Arrays.toString(eight))
                    .isEqualTo(IntStream.range(0, 8)
                            .anyMatch(at -> (eight[at] >= 0 && eight[at] < 0x20) || eight[at] == 0x7f));
        }
    }

    @Test
    void findsOneInEachPlaceAmongOthers() {
        for (int at = 0; at < 8; at++) {
            byte[] bytes = new byte[8];
            Arrays.fill(bytes, (byte) 'x');
            assertThat(EightOctets.hasControl(EightOctets.at(bytes, 0))).isFalse();
            bytes[at] = '\r';
            assertThat(EightOctets.hasControl(EightOctets.at(bytes, 0))).isTrue();
            assertThat(EightOctets.hasLineFeed(EightOctets.at(bytes, 0))).isFalse();
            bytes[at] = '\n';
            assertThat(EightOctets.hasLineFeed(EightOctets.at(bytes, 0))).isTrue();
        }
    }
}
