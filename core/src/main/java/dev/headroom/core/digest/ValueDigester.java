package dev.headroom.core.digest;

import dev.headroom.core.trace.Digests;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.SecureRandom;

/**
 * A keyed 64-bit digest of a value in its canonical text: SipHash-1-3 (Aumasson and Bernstein, "SipHash: a fast
 * short-input PRF") with a salt that never leaves memory, so that equal values of one run compare equal and none can be
 * read back from a recording. Immutable and thread-safe; one per run, shared by all who digest.
 *
 * <p>The canonical text is PostgreSQL's own rendering: integers in decimal, numeric without trailing zeros,
 * {@code true} and {@code false}, uuid in lower case, {@code YYYY-MM-DD}, {@code YYYY-MM-DD HH:MM:SS[.ffffff]} in UTC
 * without trailing zeros, all other values as they are. {@link ValueReader} brings values into that form.
 */
public final class ValueDigester {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final long key0;
    private final long key1;

    ValueDigester(long key0, long key1) {
        this.key0 = key0;
        this.key1 = key1;
    }

    /** A digester with a salt of its own, which is forgotten with it. */
    public static ValueDigester withRandomSalt() {
        SecureRandom random = new SecureRandom();
        return new ValueDigester(random.nextLong(), random.nextLong());
    }

    /** The digest of {@code length} bytes of UTF-8; never {@link Digests#NULL_VALUE}. Allocates nothing. */
    public long digest(byte[] utf8, int offset, int length) {
        long v0 = key0 ^ 0x736f6d6570736575L;
        long v1 = key1 ^ 0x646f72616e646f6dL;
        long v2 = key0 ^ 0x6c7967656e657261L;
        long v3 = key1 ^ 0x7465646279746573L;
        int position = offset;
        int end = offset + length;
        for (int words = offset + (length & ~7); position < words; position += 8) {
            long word = (long) LONGS.get(utf8, position);
            v3 ^= word;
            v0 += v1;
            v2 += v3;
            v1 = Long.rotateLeft(v1, 13) ^ v0;
            v3 = Long.rotateLeft(v3, 16) ^ v2;
            v0 = Long.rotateLeft(v0, 32);
            v2 += v1;
            v0 += v3;
            v1 = Long.rotateLeft(v1, 17) ^ v2;
            v3 = Long.rotateLeft(v3, 21) ^ v0;
            v2 = Long.rotateLeft(v2, 32);
            v0 ^= word;
        }
        long last = (long) length << 56;
        for (int shift = 0; position < end; position++, shift += 8) {
            last |= (utf8[position] & 0xFFL) << shift;
        }
        return finish(v0, v1, v2, v3, last);
    }

    /** The digest of the UTF-8 form of {@code text}; an unpaired surrogate counts as {@code ?}. */
    public long digest(CharSequence text) {
        SipState state = new SipState(key0, key1);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                state.add(c);
            } else if (c < 0x800) {
                state.add(0xC0 | (c >> 6));
                state.add(0x80 | (c & 0x3F));
            } else if (!Character.isSurrogate(c)) {
                state.add(0xE0 | (c >> 12));
                state.add(0x80 | ((c >> 6) & 0x3F));
                state.add(0x80 | (c & 0x3F));
            } else if (i + 1 < text.length() && Character.isSurrogatePair(c, text.charAt(i + 1))) {
                int codePoint = Character.toCodePoint(c, text.charAt(++i));
                state.add(0xF0 | (codePoint >> 18));
                state.add(0x80 | ((codePoint >> 12) & 0x3F));
                state.add(0x80 | ((codePoint >> 6) & 0x3F));
                state.add(0x80 | (codePoint & 0x3F));
            } else {
                state.add('?');
            }
        }
        return state.finish();
    }

    /** The last word, the three closing rounds, and never the digest that stands for NULL. */
    static long finish(long v0, long v1, long v2, long v3, long last) {
        v3 ^= last;
        long kept = last;
        for (int round = 0; round < 4; round++) {
            v0 += v1;
            v2 += v3;
            v1 = Long.rotateLeft(v1, 13) ^ v0;
            v3 = Long.rotateLeft(v3, 16) ^ v2;
            v0 = Long.rotateLeft(v0, 32);
            v2 += v1;
            v0 += v3;
            v1 = Long.rotateLeft(v1, 17) ^ v2;
            v3 = Long.rotateLeft(v3, 21) ^ v0;
            v2 = Long.rotateLeft(v2, 32);
            if (round == 0) {
                v0 ^= kept;
                v2 ^= 0xFF;
            }
        }
        long digest = v0 ^ v1 ^ v2 ^ v3;
        return digest == Digests.NULL_VALUE ? 1 : digest;
    }
}
