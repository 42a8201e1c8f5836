package dev.headroom.core.digest;

/** SipHash-1-3 written straight from the paper, slowly, to compare with. */
final class SipHash13Reference {
    private SipHash13Reference() {}

    static long hash(long key0, long key1, byte[] input, int length) {
        long[] v = {
            key0 ^ 0x736f6d6570736575L, key1 ^ 0x646f72616e646f6dL,
            key0 ^ 0x6c7967656e657261L, key1 ^ 0x7465646279746573L
        };
        int words = length / 8 + 1;
        for (int w = 0; w < words; w++) {
            long m = w == words - 1 ? (long) (length & 0xFF) << 56 : 0;
            for (int b = 0; b < 8 && w * 8 + b < length; b++) {
                m |= (input[w * 8 + b] & 0xFFL) << (8 * b);
            }
            v[3] ^= m;
            round(v);
            v[0] ^= m;
        }
        v[2] ^= 0xFF;
        round(v);
        round(v);
        round(v);
        return v[0] ^ v[1] ^ v[2] ^ v[3];
    }

    private static void round(long[] v) {
        v[0] += v[1];
        v[1] = Long.rotateLeft(v[1], 13);
        v[1] ^= v[0];
        v[0] = Long.rotateLeft(v[0], 32);
        v[2] += v[3];
        v[3] = Long.rotateLeft(v[3], 16);
        v[3] ^= v[2];
        v[0] += v[3];
        v[3] = Long.rotateLeft(v[3], 21);
        v[3] ^= v[0];
        v[2] += v[1];
        v[1] = Long.rotateLeft(v[1], 17);
        v[1] ^= v[2];
        v[2] = Long.rotateLeft(v[2], 32);
    }
}
