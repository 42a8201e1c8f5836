package dev.headroom.proxy.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.core.digest.ValueDigester;
import dev.headroom.core.trace.Query;
import dev.headroom.proxy.postgres.capture.CancelKeys;
import dev.headroom.proxy.postgres.capture.Conversation;
import dev.headroom.proxy.postgres.capture.Ids;
import dev.headroom.proxy.postgres.capture.Interpreter;
import dev.headroom.proxy.postgres.capture.Recorder;
import dev.headroom.proxy.postgres.capture.Tap;
import dev.headroom.proxy.postgres.wire.LoopBuffers;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The interpreter fed with recorded, split, truncated, random and oversized messages. */
class FuzzTest {
    private static final int FRAMES = Integer.getInteger("headroom.fuzz.frames", 100_000);
    private static final long SEED = Long.getLong("headroom.fuzz.seed", 20_261_123);
    private static final String BACKEND_TYPES = "123CDEGHINRSTVWZcdnst";
    private static final String FRONTEND_TYPES = "BCDEFHPQSXcdfp";

    private final CollectingSink sink = new CollectingSink();
    private final Recorder recorder = new Recorder(sink, ValueDigester.withRandomSalt(), new Ids());

    @Test
    void splitAtEveryByteOffsetItReadsTheSame() {
        byte[] app = Conversations.app();
        byte[] server = Conversations.server();
        List<Query> whole = read(app, server, app.length, server.length);
        assertThat(whole).hasSize(4);
        assertThat(whole.get(2).sqlState()).isEqualTo("23505");
        assertThat(whole.get(0).columns()).hasSize(2);
        for (int at = 1; at < Math.max(app.length, server.length); at++) {
            assertThat(read(app, server, Math.min(at, app.length), Math.min(at, server.length)))
                    .usingRecursiveFieldByFieldElementComparatorIgnoringFields(
                            "id", "connectionId", "transactionId", "startNanos", "firstRowNanos", "endNanos")
                    .isEqualTo(whole);
        }
        assertThat(sink.meter().counters().uninterpretedConnections()).isZero();
    }

    @Test
    void byteByByteItReadsTheSame() {
        byte[] app = Conversations.app();
        byte[] server = Conversations.server();
        Interpreter interpreter = interpreter();
        sink.clear();
        Tap fromServer = interpreter.fromServer();
        Conversations.startUp(fromServer);
        for (byte b : app) {
            interpreter.fromApp().feed(new byte[] {b}, 0, 1, 1);
        }
        for (byte b : server) {
            fromServer.feed(new byte[] {b}, 0, 1, 2);
        }
        assertThat(sink.queries()).hasSize(4);
    }

    @Test
    void aConnectionThatIsNoLongerReadEndsWithoutAFailedQuery() {
        Interpreter interpreter = answeredUpTo("C0000COPY 1_Z0000I".length());
        interpreter.fromServer().feed(new byte[] {'C', 0, 0, 0, 0}, 0, 5, 3);
        assertThat(interpreter.fromServer().reading()).isFalse();
        interpreter.closed(3_600_000_000_000L);
        assertThat(sink.queries()).hasSize(3);
        assertThat(sink.connections()).hasSize(1);
    }

    @Test
    void aConnectionThatEndsBehindTheLastAnswerHasNoQueryMore() {
        Interpreter interpreter = answeredUpTo("Z0000I".length());
        interpreter.closed(3);
        assertThat(sink.queries()).hasSize(4);
    }

    /** One whose server has said all but so many bytes. */
    private Interpreter answeredUpTo(int missing) {
        Interpreter interpreter = interpreter();
        Conversations.startUp(interpreter.fromServer());
        sink.clear();
        byte[] app = Conversations.app();
        byte[] server = Conversations.server();
        interpreter.fromApp().feed(app, 0, app.length, 1);
        interpreter.fromServer().feed(server, 0, server.length - missing, 2);
        return interpreter;
    }

    @Test
    void whateverComesNothingIsThrownAndLittleIsKept() {
        Random random = new Random(SEED);
        int frames = 0;
        while (frames < FRAMES) {
            Interpreter interpreter = interpreter();
            Tap fromApp = interpreter.fromApp();
            Tap fromServer = interpreter.fromServer();
            Conversations.startUp(fromServer);
            for (int i = 0; i < 50 && fromApp.reading(); i++, frames++) {
                boolean app = random.nextBoolean();
                byte[] frame = switch (random.nextInt(4)) {
                    case 0 -> random(random, app ? FRONTEND_TYPES : BACKEND_TYPES);
                    case 1 -> truncated(random, app ? Conversations.app() : Conversations.server());
                    case 2 -> damaged(random, app ? Conversations.app() : Conversations.server());
                    default -> app ? Conversations.app() : Conversations.server();
                };
                int cut = random.nextInt(frame.length + 1);
                Tap tap = app ? fromApp : fromServer;
                tap.feed(frame, 0, cut, frames);
                tap.feed(frame, cut, frame.length - cut, frames);
            }
            interpreter.closed(frames);
            sink.clear();
            assertThat(sink.meter().lastMistake())
                    .as("of ours, after %d frames", frames)
                    .isNull();
        }
        assertThat(sink.meter().counters().uninterpretedConnections())
                .as("rightly refused")
                .isPositive();
    }

    @Test
    void aMessageOfImpossibleLengthEndsInterpretationOnly() {
        for (int length : new int[] {-1, 0, 3, Integer.MIN_VALUE}) {
            Interpreter interpreter = interpreter();
            byte[] frame = {'D', (byte) (length >> 24), (byte) (length >> 16), (byte) (length >> 8), (byte) length};
            interpreter.fromServer().feed(frame, 0, frame.length, 1);
            assertThat(interpreter.fromServer().reading()).isFalse();
            assertThat(interpreter.fromApp().reading()).isFalse();
        }
        assertThat(sink.meter().counters().uninterpretedConnections()).isEqualTo(4);
    }

    @Test
    void anEndlessMessageIsNotKept() {
        Interpreter interpreter = interpreter();
        Tap fromApp = interpreter.fromApp();
        byte[] head = {'Q', 0x7F, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF};
        fromApp.feed(head, 0, head.length, 1);
        byte[] chunk = new byte[LoopBuffers.CHUNK];
        Arrays.fill(chunk, (byte) 'x');
        for (int i = 0; i < 4_000; i++) {
            fromApp.feed(chunk, 0, chunk.length, 1);
        }
        assertThat(fromApp.reading()).isTrue();
    }

    private List<Query> read(byte[] app, byte[] server, int appCut, int serverCut) {
        Interpreter interpreter = interpreter();
        sink.clear();
        Tap fromApp = interpreter.fromApp();
        Tap fromServer = interpreter.fromServer();
        Conversations.startUp(fromServer);
        fromApp.feed(app, 0, appCut, 10);
        fromApp.feed(app, appCut, app.length - appCut, 10);
        fromServer.feed(server, 0, serverCut, 20);
        fromServer.feed(server, serverCut, server.length - serverCut, 20);
        return new ArrayList<>(sink.queries());
    }

    private Interpreter interpreter() {
        return new Interpreter(new Conversation(recorder, new NoNames(), null, "server", CancelKeys.UNHEARD, 1));
    }

    private static byte[] random(Random random, String types) {
        byte[] body = new byte[random.nextInt(60)];
        random.nextBytes(body);
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(types.charAt(random.nextInt(types.length())));
        int length = random.nextInt(20) == 0 ? random.nextInt() : body.length + 4;
        frame.writeBytes(
                new byte[] {(byte) (length >> 24), (byte) (length >> 16), (byte) (length >> 8), (byte) length});
        frame.writeBytes(body);
        return frame.toByteArray();
    }

    private static byte[] truncated(Random random, byte[] whole) {
        return Arrays.copyOf(whole, random.nextInt(whole.length));
    }

    private static byte[] damaged(Random random, byte[] whole) {
        byte[] copy = whole.clone();
        for (int i = 0; i < 3; i++) {
            copy[random.nextInt(copy.length)] = (byte) random.nextInt();
        }
        return copy;
    }
}
