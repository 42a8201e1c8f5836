package dev.headroom.proxy.postgres.message;

import java.nio.charset.StandardCharsets;

/** Reads the tag of CommandComplete, e.g. {@code INSERT 0 5}, without copying it. */
public final class CommandTag {
    private static final byte[] BEGIN = ascii("BEGIN");
    private static final byte[] START = ascii("START TRANSACTION");
    private static final byte[] COMMIT = ascii("COMMIT");
    private static final byte[] ROLLBACK = ascii("ROLLBACK");

    private CommandTag() {}

    /** The number that the tag ends with; 0 where it ends with none. */
    public static long rows(byte[] bytes, int offset, int length) {
        int end = offset + length;
        if (length > 0 && bytes[end - 1] == 0) {
            end--;
        }
        long rows = 0;
        long unit = 1;
        for (int i = end - 1; i >= offset && bytes[i] >= '0' && bytes[i] <= '9'; i--, unit *= 10) {
            rows += (bytes[i] - '0') * unit;
        }
        return rows;
    }

    /** Whether an explicit transaction began. */
    public static boolean begins(byte[] bytes, int offset, int length) {
        return startsWith(bytes, offset, length, BEGIN) || startsWith(bytes, offset, length, START);
    }

    /** Whether an explicit transaction may have ended; a roll-back to a savepoint looks alike. */
    public static boolean ends(byte[] bytes, int offset, int length) {
        return startsWith(bytes, offset, length, COMMIT) || startsWith(bytes, offset, length, ROLLBACK);
    }

    private static boolean startsWith(byte[] bytes, int offset, int length, byte[] start) {
        if (length < start.length) {
            return false;
        }
        for (int i = 0; i < start.length; i++) {
            if (bytes[offset + i] != start[i]) {
                return false;
            }
        }
        return true;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
