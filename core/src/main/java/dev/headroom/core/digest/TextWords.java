package dev.headroom.core.digest;

/**
 * Picks words that tell one text from another, and digests them without regard to the case of ASCII letters: so a text
 * that is shown in part, among other text or with markup in it can be told from one that is not shown. Owned by one
 * thread.
 */
public final class TextWords {
    /** The most words that are picked of one text: the first ones, one from its middle and one from its end. */
    public static final int MOST = 6;

    /** Texts shorter than this, in bytes, have too little that tells them apart. */
    public static final int SHORTEST_TEXT = 12;

    /** Shorter words, in bytes, are in texts by chance. */
    public static final int SHORTEST = 5;

    /** Longer ones are more than a word: texts without blanks, encoded bytes. */
    public static final int LONGEST = 32;

    private static final int FIRST_ONES = 4;

    /** How far words are looked for from each place, in bytes. */
    private static final int REACH = 256;

    private final ValueDigester digester;
    private final byte[] lower = new byte[LONGEST];

    /** One that digests with {@code digester}, for one thread. */
    public TextWords(ValueDigester digester) {
        this.digester = digester;
    }

    /**
     * How many bytes of UTF-8 at {@code at} are a character that separates words; 0 for a part of one. Letters, digits,
     * the underscore and whatever is not ASCII are parts, but Latin-1's signs and General Punctuation (… – “ ”) are not.
     */
    public static int gap(byte[] text, int at, int end) {
        byte octet = text[at];
        if (octet >= 0) {
            boolean part = octet >= '0' && octet <= '9'
                    || octet >= 'a' && octet <= 'z'
                    || octet >= 'A' && octet <= 'Z'
                    || octet == '_';
            return part ? 0 : 1;
        }
        if (octet == (byte) 0xC2) {
            return 2; // U+0080 to U+00BF
        }
        boolean punctuation =
                octet == (byte) 0xE2 && at + 1 < end && (text[at + 1] == (byte) 0x80 || text[at + 1] == (byte) 0x81);
        return punctuation ? 3 : 0;
    }

    /** The digest of one word of {@link #SHORTEST} to {@link #LONGEST} bytes. */
    public long digest(byte[] text, int offset, int length) {
        for (int i = 0; i < length; i++) {
            byte octet = text[offset + i];
            lower[i] = octet >= 'A' && octet <= 'Z' ? (byte) (octet + 32) : octet;
        }
        return digester.digest(lower, 0, length);
    }

    /** Puts the digests of some words of a text into {@code into}, which has room for {@link #MOST}; returns how many. */
    public int pick(byte[] text, int offset, int length, long[] into) {
        int end = offset + length;
        int count = pick(text, offset, end, FIRST_ONES, 0, into);
        if (length > REACH) {
            count = pick(text, gapAt(text, offset + length / 2, end), end, 1, count, into);
            count = pick(text, gapAt(text, end - REACH / 2, end), end, 1, count, into);
        }
        return count;
    }

    private int pick(byte[] text, int from, int end, int most, int before, long[] into) {
        int count = before;
        int limit = Math.min(end, from + REACH);
        int at = from;
        while (at < limit && count < before + most) {
            int start = wordAt(text, at, end);
            at = gapAt(text, start, end);
            if (at - start >= SHORTEST && at - start <= LONGEST) {
                count = add(digest(text, start, at - start), count, into);
            }
        }
        return count;
    }

    private static int add(long word, int count, long[] into) {
        for (int i = 0; i < count; i++) {
            if (into[i] == word) {
                return count;
            }
        }
        into[count] = word;
        return count + 1;
    }

    /** Where the next word starts; {@code end} where there is none. */
    private static int wordAt(byte[] text, int from, int end) {
        int at = from;
        int gap = at < end ? gap(text, at, end) : 0;
        while (gap > 0) {
            at = Math.min(end, at + gap);
            gap = at < end ? gap(text, at, end) : 0;
        }
        return at;
    }

    /** Where the word ends that {@code from} is in. */
    private static int gapAt(byte[] text, int from, int end) {
        int at = from;
        while (at < end && gap(text, at, end) == 0) {
            at++;
        }
        return at;
    }
}
