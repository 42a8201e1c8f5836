package dev.headroom.server.page;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Words that come with a plan and let its statement be run for real, once each: running it takes two clicks, whoever
 * clicks. The latest only. Thread-safe.
 */
final class AnalyzeOffers {
    private static final int MOST = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Map<String, Long> shapes = new LinkedHashMap<>();

    /** A word for the statement with this id. */
    synchronized String make(long shapeId) {
        if (shapes.size() >= MOST) {
            shapes.remove(shapes.keySet().iterator().next());
        }
        String word = random();
        shapes.put(word, shapeId);
        return word;
    }

    /** Whether {@code word} was made for that statement; it holds no longer. */
    synchronized boolean take(String word, long shapeId) {
        Long made = shapes.remove(word);
        return made != null && made == shapeId;
    }

    /** 128 random bits. */
    static String random() {
        byte[] random = new byte[16];
        RANDOM.nextBytes(random);
        return HexFormat.of().formatHex(random);
    }
}
