package dev.headroom.cli.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever another process wrote there: reading it ends, and throws nothing. */
@Timeout(180)
@SuppressWarnings("try") // the process ends with its input
class PerformanceDataTest {
    private static byte[] whole = new byte[0];

    @BeforeAll
    static void asksAJvm() throws IOException {
        Process jvm = HoldingJvm.start(List.of(), "-XX:+UseSerialGC", "-Xmx64m");
        try (OutputStream ending = jvm.getOutputStream()) {
            whole = Files.readAllBytes(
                    Path.of("/tmp/hsperfdata_" + System.getProperty("user.name"), Long.toString(jvm.pid())));
        }
    }

    @Test
    void readsNumbersAndTexts() {
        PerformanceData data = Objects.requireNonNull(PerformanceData.of(whole));

        assertThat(data.text("sun.gc.policy.name")).isEqualTo("Copy:MSC");
        assertThat(data.number("sun.gc.collector.1.invocations")).isOne();
        assertThat(data.number("no.such.name")).isEqualTo(-1);
    }

    @Test
    void readsWhatIsLeftOfATruncatedFile() {
        for (int length = 0; length < whole.length; length += length < 200 ? 1 : 61) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatCode(() -> figures(part)).as("%d bytes", part.length).doesNotThrowAnyException();
        }
    }

    @Test
    void refusesWhatIsNoSuchDataOrNotReady() {
        assertThat(PerformanceData.of(new byte[0])).isNull();
        assertThat(PerformanceData.of(new byte[PerformanceData.MOST_BYTES + 1])).isNull();
        for (int at : new int[] {0, 4, 5, 7}) {
            byte[] other = whole.clone();
            other[at] = (byte) (at == 7 ? 0 : 77);
            assertThat(PerformanceData.of(other)).as("byte %d", at).isNull();
        }
    }

    @Test
    void staysCalmWhateverTheBytesSay() {
        Random random = new Random(7);
        for (int round = 0; round < 20_000; round++) {
            byte[] other = whole.clone();
            int changes = 1 + random.nextInt(20);
            for (int i = 0; i < changes; i++) {
                other[8 + random.nextInt(random.nextBoolean() ? 64 : other.length - 8)] = (byte) random.nextInt();
            }
            assertThatCode(() -> figures(other)).as("round %d", round).doesNotThrowAnyException();
        }
    }

    @Test
    void endsWhereEntriesSayThatTheyAreNoLongerOrEndless() {
        byte[] other = whole.clone();
        ByteBuffer bytes = ByteBuffer.wrap(other).order(ByteOrder.nativeOrder());
        bytes.putInt(28, Integer.MAX_VALUE);
        int first = bytes.getInt(24);
        for (int length : new int[] {0, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, 20}) {
            bytes.putInt(first, length);
            assertThatCode(() -> figures(other)).doesNotThrowAnyException();
        }
    }

    private static void figures(byte[] bytes) {
        PerformanceData data = PerformanceData.of(bytes);
        if (data != null) {
            HeapFigures.of(data, 1, 1);
        }
    }
}
