package dev.headroom.proxy.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What was made of texts that come again and again in heads, found by their bytes, so that neither the text nor what is
 * made of it is made again. Bounded: of texts that fall on one place the latest stays, and long ones are not kept. Owned
 * by the loop's thread.
 */
final class RepeatedText<T> {
    /** The longest text that is kept, in bytes. */
    static final int LONGEST = 128;

    private static final class Place<T> {
        private final byte[] bytes;
        private final T made;

        private Place(byte[] bytes, T made) {
            this.bytes = bytes;
            this.made = made;
        }
    }

    private final Function<String, T> make;
    private final @Nullable Place<T>[] places;

    /**
     * Keeps nothing yet.
     *
     * @param number of places, a power of two
     * @param make makes something of a text, always the same of the same
     */
    @SuppressWarnings("unchecked") // an array of no other elements than those that are put here
    RepeatedText(int number, Function<String, T> make) {
        this.make = make;
        places = (Place<T>[]) new Place<?>[number];
    }

    /** What is made of the text whose chars are the bytes from {@code from} to {@code end}. */
    T of(byte[] bytes, int from, int end) {
        if (end - from > LONGEST) {
            return make.apply(text(bytes, from, end));
        }
        int hash = end - from;
        for (int i = from; i < end; i++) {
            hash = 31 * hash + bytes[i];
        }
        int at = (hash ^ hash >>> 16) & places.length - 1;
        Place<T> known = places[at];
        if (known != null && Arrays.equals(known.bytes, 0, known.bytes.length, bytes, from, end)) {
            return known.made;
        }
        T made = make.apply(text(bytes, from, end));
        places[at] = new Place<>(Arrays.copyOfRange(bytes, from, end), made);
        return made;
    }

    private static String text(byte[] bytes, int from, int end) {
        return new String(bytes, from, end - from, StandardCharsets.ISO_8859_1);
    }
}
