package dev.headroom.proxy.postgres.message;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts one direction's bytes into messages of protocol 3 (type byte, int32 length that counts itself), however they
 * arrive. Holds a buffer only while a message that is wanted whole is incomplete.
 */
public final class FrameReader {
    /** Of a longer message only so many bytes are handed over. */
    static final int LONGEST_WHOLE = 256 * 1024;

    private static final int HEAD = 5;
    private static final int FIRST_GUESS = 4 * 1024;

    /** What becomes of a message's body. */
    public enum Want {
        /** It is passed over. */
        NOTHING,
        /** It is handed over in one piece. */
        WHOLE,
        /** It is handed over as it comes. */
        PIECES
    }

    /** Takes messages. */
    public interface Messages {
        /** A message begins. */
        Want begin(byte type, int bodyLength);

        /** Its body, whole or (where it is longer than {@link #LONGEST_WHOLE}) its start: then {@code cut}. */
        void whole(byte type, byte[] bytes, int offset, int length, boolean cut);

        /** A piece of its body. */
        void piece(byte[] bytes, int offset, int length);

        /** The last piece was handed over. */
        void endOfPieces();
    }

    private final Messages messages;
    private final byte[] head = new byte[HEAD];
    private int headLength;
    private byte type;
    private Want want = Want.NOTHING;
    private int missing;
    private byte @Nullable [] body;
    private int bodyLength;
    private boolean cut;

    /** Reads for {@code messages}. */
    public FrameReader(Messages messages) {
        this.messages = messages;
    }

    /** Reads on; throws {@link NotPostgresException} where the bytes can't be messages. */
    public void feed(byte[] bytes, int offset, int length) {
        int position = offset;
        int end = offset + length;
        while (position < end) {
            if (missing > 0) {
                int count = Math.min(missing, end - position);
                continueBody(bytes, position, count);
                position += count;
            } else if (headLength == 0 && end - position >= HEAD) {
                position = frame(bytes, position, end);
            } else {
                head[headLength++] = bytes[position++];
                if (headLength == HEAD) {
                    headLength = 0;
                    begin(head[0], bodyLength(head, 1));
                    if (missing == 0) {
                        endBody();
                    }
                }
            }
        }
    }

    private int frame(byte[] bytes, int position, int end) {
        int length = bodyLength(bytes, position + 1);
        int start = position + HEAD;
        if (length > end - start) {
            begin(bytes[position], length);
            return start;
        }
        byte messageType = bytes[position];
        switch (messages.begin(messageType, length)) {
            case WHOLE ->
                messages.whole(messageType, bytes, start, Math.min(length, LONGEST_WHOLE), length > LONGEST_WHOLE);
            case PIECES -> {
                messages.piece(bytes, start, length);
                messages.endOfPieces();
            }
            case NOTHING -> {}
        }
        return start + length;
    }

    private void begin(byte messageType, int length) {
        type = messageType;
        missing = length;
        want = messages.begin(messageType, length);
        if (want == Want.WHOLE) {
            cut = length > LONGEST_WHOLE;
            bodyLength = 0;
            body = new byte[Math.min(length, FIRST_GUESS)];
        }
    }

    private void continueBody(byte[] bytes, int position, int count) {
        if (want == Want.PIECES) {
            messages.piece(bytes, position, count);
        } else if (want == Want.WHOLE) {
            keep(bytes, position, count);
        }
        missing -= count;
        if (missing == 0) {
            endBody();
        }
    }

    private void keep(byte[] bytes, int position, int count) {
        byte[] kept = body == null ? new byte[FIRST_GUESS] : body;
        int fits = Math.min(count, LONGEST_WHOLE - bodyLength);
        if (bodyLength + fits > kept.length) {
            int all = Math.min(bodyLength + missing, LONGEST_WHOLE);
            kept = Arrays.copyOf(kept, Math.min(all, Math.max(kept.length * 4, bodyLength + fits)));
        }
        System.arraycopy(bytes, position, kept, bodyLength, fits);
        bodyLength += fits;
        body = kept;
    }

    private void endBody() {
        Want wanted = want;
        byte[] kept = body;
        want = Want.NOTHING;
        body = null;
        if (wanted == Want.PIECES) {
            messages.endOfPieces();
        } else if (wanted == Want.WHOLE && kept != null) {
            messages.whole(type, kept, 0, bodyLength, cut);
        }
    }

    private static int bodyLength(byte[] bytes, int position) {
        int length = BigEndian.int4(bytes, position);
        if (length < 4) {
            throw new NotPostgresException("a message of length " + length);
        }
        return length - 4;
    }
}
