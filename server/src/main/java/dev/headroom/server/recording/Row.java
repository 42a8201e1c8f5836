package dev.headroom.server.recording;

import dev.headroom.core.trace.MemorySample;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** One row of a recording, whose columns may hold anything: a value of the wrong kind means a damaged recording. */
record Row(ResultSet result) {
    /** So that sums of a thousand cannot overflow. */
    private static final long LARGEST_FIGURE = 1L << 52;

    long number(int column) throws SQLException {
        return result.getLong(column);
    }

    /** The value, which is {@link MemorySample#MISSING} where there is none or one that no figure can be. */
    long figure(int column) throws SQLException {
        long value = result.getLong(column);
        return result.wasNull() || value < 0 || value > LARGEST_FIGURE ? MemorySample.MISSING : value;
    }

    int integer(int column) throws SQLException {
        long value = result.getLong(column);
        if (value != (int) value) {
            throw BinaryInput.damaged("a number of more than 32 bits: " + value);
        }
        return (int) value;
    }

    /** The value added to {@code base}; 0 where there is none. */
    long offset(int column, long base) throws SQLException {
        long value = result.getLong(column);
        return result.wasNull() ? 0 : base + value;
    }

    String text(int column) throws SQLException {
        String value = result.getString(column);
        if (value == null) {
            throw BinaryInput.damaged("a missing text");
        }
        return value;
    }

    @Nullable
    String textOrNull(int column) throws SQLException {
        return result.getString(column);
    }

    byte[] bytes(int column) throws SQLException {
        byte[] value = result.getBytes(column);
        if (value == null) {
            throw BinaryInput.damaged("a missing body");
        }
        return value;
    }

    byte @Nullable [] bytesOrNull(int column) throws SQLException {
        return result.getBytes(column);
    }

    <E extends Enum<E>> E constant(int column, Class<E> type) throws SQLException {
        String name = text(column);
        try {
            return Enum.valueOf(type, name);
        } catch (IllegalArgumentException e) {
            throw BinaryInput.damaged("the unknown " + type.getSimpleName() + " " + abbreviated(name));
        }
    }

    private static String abbreviated(String name) {
        return name.length() > 40 ? name.substring(0, 40) + "…" : name;
    }
}
