package dev.headroom.core.digest;

/** SipHash-1-3 fed byte by byte: the same digest as {@link ValueDigester}'s over the whole array. */
final class SipState {
    private long v0;
    private long v1;
    private long v2;
    private long v3;
    private long word;
    private int count;

    SipState(long key0, long key1) {
        v0 = key0 ^ 0x736f6d6570736575L;
        v1 = key1 ^ 0x646f72616e646f6dL;
        v2 = key0 ^ 0x6c7967656e657261L;
        v3 = key1 ^ 0x7465646279746573L;
    }

    /** Feeds the lowest eight bits of {@code octet}. */
    void add(int octet) {
        word |= (octet & 0xFFL) << ((count & 7) << 3);
        count++;
        if ((count & 7) == 0) {
            round();
            word = 0;
        }
    }

    long finish() {
        return ValueDigester.finish(v0, v1, v2, v3, word | (long) count << 56);
    }

    private void round() {
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
}
