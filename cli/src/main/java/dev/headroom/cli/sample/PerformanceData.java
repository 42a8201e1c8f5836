package dev.headroom.cli.sample;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The numbers and texts that a HotSpot JVM writes of itself to a file of shared memory (perfMemory.hpp; the module
 * jdk.internal.jvmstat reads the same, version 2.0). Whatever the bytes are, reading them ends and throws nothing.
 */
final class PerformanceData {
    /** The whole of what a JVM writes by default is 32 KB. */
    static final int MOST_BYTES = 64 << 10;

    private static final int MAGIC = 0xcafec0c0;
    private static final int HEADER = 32;
    private static final int ENTRY = 20;
    private static final int LONGEST_TEXT = 200;

    private final Map<String, Long> numbers = new HashMap<>();
    private final Map<String, String> texts = new HashMap<>();

    private PerformanceData() {}

    /** What the bytes tell; null where they are no such data, of another version, or not complete yet. */
    static @Nullable PerformanceData of(byte[] content) {
        if (content.length < HEADER || content.length > MOST_BYTES) {
            return null;
        }
        ByteBuffer bytes = ByteBuffer.wrap(content);
        byte order = bytes.get(4);
        byte major = bytes.get(5);
        boolean accessible = bytes.get(7) != 0;
        if (bytes.getInt(0) != MAGIC || major != 2 || order < 0 || order > 1 || !accessible) {
            return null;
        }
        bytes.order(order == 1 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        PerformanceData data = new PerformanceData();
        int at = bytes.getInt(24);
        int entries = bytes.getInt(28);
        for (int i = 0; i < entries; i++) {
            if (at < HEADER || at > content.length - ENTRY) {
                return data;
            }
            int length = bytes.getInt(at);
            if (length < ENTRY || length > content.length - at) {
                return data;
            }
            data.entry(bytes.slice(at, length).order(bytes.order()));
            at += length;
        }
        return data;
    }

    private void entry(ByteBuffer entry) {
        int nameAt = entry.getInt(4);
        int vector = entry.getInt(8);
        byte type = entry.get(12);
        int valueAt = entry.getInt(16);
        String name = nameAt < ENTRY ? null : text(entry, nameAt, LONGEST_TEXT);
        if (name == null || valueAt < ENTRY || valueAt > entry.limit()) {
            return;
        }
        if (type == 'J' && vector == 0 && valueAt <= entry.limit() - Long.BYTES) {
            numbers.put(name, entry.getLong(valueAt));
        } else if (type == 'B' && vector > 0) {
            String text = text(entry, valueAt, Math.min(vector, LONGEST_TEXT));
            if (text != null) {
                texts.put(name, text);
            }
        }
    }

    /** A text that a zero byte ends; null where none does. */
    private static @Nullable String text(ByteBuffer entry, int from, int most) {
        int to = from;
        while (to < entry.limit() && to - from < most) {
            if (entry.get(to) == 0) {
                byte[] bytes = new byte[to - from];
                entry.get(from, bytes);
                return new String(bytes, StandardCharsets.UTF_8);
            }
            to++;
        }
        return null;
    }

    /** The number of that name; -1 where there is none, or one that no such figure can be. */
    long number(String name) {
        return Math.max(-1, numbers.getOrDefault(name, -1L));
    }

    /** The text of that name; empty where there is none. */
    String text(String name) {
        return texts.getOrDefault(name, "");
    }
}
