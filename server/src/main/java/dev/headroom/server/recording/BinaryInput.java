package dev.headroom.server.recording;

import dev.headroom.core.HeadroomException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads what {@link BinaryOutput} wrote; believes no length that the bytes at hand cannot hold. */
final class BinaryInput {
    private final byte[] bytes;
    private final int end;
    private int at;

    BinaryInput(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    BinaryInput(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    int position() {
        return at;
    }

    int remaining() {
        return end - at;
    }

    int octet() {
        need(1);
        return bytes[at++] & 0xFF;
    }

    long unsigned() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int next = octet();
            value |= (long) (next & 0x7F) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw damaged("a number of more than 64 bits");
    }

    long signed() {
        long value = unsigned();
        return (value >>> 1) ^ -(value & 1);
    }

    long fixed() {
        need(Long.BYTES);
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 8) {
            value |= (bytes[at++] & 0xFFL) << shift;
        }
        return value;
    }

    int number() {
        long value = signed();
        if (value != (int) value) {
            throw damaged("a number of more than 32 bits: " + value);
        }
        return (int) value;
    }

    /** How many elements follow, each of at least {@code bytesEach} bytes. */
    int count(int bytesEach) {
        long count = unsigned();
        if (count < 0 || count > remaining() / bytesEach) {
            throw damaged("a list of " + count + " in " + remaining() + " bytes");
        }
        return (int) count;
    }

    /** An index into a list of {@code size}. */
    int index(int size) {
        long index = unsigned();
        if (index < 0 || index >= size) {
            throw damaged("entry " + index + " of " + size);
        }
        return (int) index;
    }

    @Nullable
    String textOrNull() {
        long length = unsigned() - 1;
        if (length < 0) {
            return null;
        }
        if (length > remaining()) {
            throw damaged("a text of " + length + " bytes in " + remaining());
        }
        String text = new String(bytes, at, (int) length, StandardCharsets.UTF_8);
        at += (int) length;
        return text;
    }

    String text() {
        String text = textOrNull();
        if (text == null) {
            throw damaged("a missing text");
        }
        return text;
    }

    private void need(int count) {
        if (remaining() < count) {
            throw damaged("an entry that ends too early");
        }
    }

    static HeadroomException damaged(String what) {
        return new HeadroomException("The recording is damaged: it holds " + what + ".");
    }
}
