package dev.headroom.proxy.postgres.capture;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A prepared statement that the app closed: until the server has answered, it may still have its name. */
final class ClosedStatement {
    private final byte[] name;
    private final PreparedText text;

    private ClosedStatement(byte[] name, PreparedText text) {
        this.name = name;
        this.text = text;
    }

    /** Takes it out of {@code prepared}; null where there was none of that name. */
    static @Nullable ClosedStatement remove(NameTable<PreparedText> prepared, byte[] bytes, int name, int length) {
        PreparedText text = prepared.remove(bytes, name, length);
        return text == null ? null : new ClosedStatement(Arrays.copyOfRange(bytes, name, name + length), text);
    }

    /** The server skipped the Close: it has its name still, below those that were to take it since. */
    void restore(NameTable<PreparedText> prepared) {
        PreparedText now = prepared.get(name, 0, name.length);
        if (now == null) {
            prepared.put(name, 0, name.length, text);
        } else if (name.length > 0) {
            now.replacesAtLast(text);
        }
    }
}
