package dev.headroom.proxy.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.proxy.postgres.capture.Tap;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnreadBytesTest {
    private static final long NOW = 1_000_000_000;

    private final UnreadBytes unread = new UnreadBytes();
    private final List<String> read = new ArrayList<>();
    private final byte[] scratch = new byte[64 * 1024];

    @Test
    void piecesAreReadInTheOrderInWhichTheyWerePassedOnEachWithItsTime() {
        Reading app = new Reading("app");
        Reading server = new Reading("server");

        add(app, "one", NOW);
        add(server, "two", NOW + 1);
        add(app, "three", NOW + 2);
        assertThat(read).isEmpty();
        assertThat(unread.since()).isEqualTo(NOW);

        unread.read();
        assertThat(read).containsExactly("app one " + NOW, "server two " + (NOW + 1), "app three " + (NOW + 2));
        assertThat(unread.since()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void nothingIsReadTwice() {
        add(new Reading("app"), "one", NOW);
        unread.read();
        unread.read();
        assertThat(read).hasSize(1);
    }

    @Test
    void onlyTheNamedPartOfTheChunkIsKeptEvenIfTheChunkIsUsedAgain() {
        ByteBuffer chunk = ByteBuffer.allocateDirect(16).put(utf8("0123456789"));
        unread.add(new Reading("app"), chunk, 2, 3, NOW, scratch);
        chunk.clear().put(utf8("----------"));
        unread.read();
        assertThat(read).containsExactly("app 234 " + NOW);
    }

    @Test
    void whatIsOldIsReadWhenMoreComes() {
        Reading app = new Reading("app");
        add(app, "one", NOW);
        add(app, "two", NOW + UnreadBytes.LONGEST_NANOS);
        assertThat(read).isEmpty();

        long later = NOW + UnreadBytes.LONGEST_NANOS + 1;
        add(app, "three", later);
        assertThat(read).hasSize(2);
        assertThat(unread.since()).isEqualTo(later);
    }

    @Test
    void aLongPieceIsReadAtOnceButAfterThoseBeforeIt() {
        Reading app = new Reading("app");
        add(app, "one", NOW);
        add(app, "x".repeat(20_000), NOW + 1);
        assertThat(read).hasSize(2);
        assertThat(read.get(0)).startsWith("app one");
        assertThat(unread.since()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aTapThatHurriesIsFedAtOnceButAfterThoseBeforeIt() {
        Reading connecting = new Reading("connecting");
        connecting.hurries = true;
        add(new Reading("app"), "one", NOW);
        add(connecting, "two", NOW + 1);
        assertThat(read).containsExactly("app one " + NOW, "connecting two " + (NOW + 1));
    }

    @Test
    void whatATapSwitchedOffForIsDropped() {
        Reading app = new Reading("app");
        add(app, "one", NOW);
        app.reading = false;
        unread.read();
        assertThat(read).isEmpty();
    }

    @Test
    void onceToldToReadAtOnceNothingWaits() {
        Reading app = new Reading("app");
        add(app, "one", NOW);
        unread.readAtOnce();
        add(app, "two", NOW + 1);
        assertThat(read).hasSize(2);
        assertThat(unread.since()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void piecesOfAnySizeAndNumberArriveWholeAndHoldNoMoreThanTheRoomThereIs() {
        List<String> expected = new ArrayList<>();
        Reading app = new Reading("app");
        int held = 0;
        for (int i = 0; i < 5_000; i++) {
            String piece = String.join("", Collections.nCopies(i * 37 % 300, "p")) + i;
            add(app, piece, NOW + i);
            expected.add("app " + piece + " " + (NOW + i));
            held = Math.max(held, expected.size() - read.size());
        }
        unread.read();
        assertThat(read).isEqualTo(expected);
        assertThat(held).isBetween(10, 300);
    }

    private void add(Tap tap, String text, long now) {
        byte[] bytes = utf8(text);
        unread.add(tap, ByteBuffer.wrap(bytes), 0, bytes.length, now, scratch);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private final class Reading implements Tap {
        private final String name;
        private boolean reading = true;
        private boolean hurries;

        Reading(String name) {
            this.name = name;
        }

        @Override
        public boolean reading() {
            return reading;
        }

        @Override
        public boolean hurries() {
            return hurries;
        }

        @Override
        public void feed(byte[] bytes, int offset, int length, long nanos) {
            read.add(name + " " + new String(bytes, offset, length, StandardCharsets.UTF_8) + " " + nanos);
        }
    }
}
