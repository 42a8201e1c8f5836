package dev.headroom.proxy.postgres.message;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The first packet of a connection: int32 length, int32 code, and what the code asks for ("Start-up", 54.2.1). */
public record StartupPacket(int code, Map<String, String> parameters) {
    /** The code of CancelRequest. */
    public static final int CANCEL = 80877102;

    /** The code of SSLRequest. */
    public static final int SSL = 80877103;
    /** The code of GSSENCRequest. */
    public static final int GSS_ENCRYPTION = 80877104;

    /** No start-up packet is longer: MAX_STARTUP_PACKET_LENGTH, libpq/pqcomm.h. */
    public static final int LONGEST = 10_000;

    /** What tells how long the packet is. */
    public static final int LENGTH_BYTES = Integer.BYTES;

    private static final int HEAD = 8;

    /** How many bytes the packet at the buffer's position has, of which the first {@link #LENGTH_BYTES} are there. */
    public static int length(ByteBuffer received) {
        return received.getInt(received.position());
    }

    /** Whether a packet can have that length. */
    public static boolean possible(int length) {
        return length >= HEAD && length <= LONGEST;
    }

    /** Reads the packet at the buffer's position, which is all there; the position stays. */
    public static StartupPacket read(ByteBuffer received) {
        int start = received.position();
        int length = received.getInt(start);
        int code = received.getInt(start + 4);
        Map<String, String> parameters = new LinkedHashMap<>();
        if (code >>> 16 == 3) {
            byte[] text = new byte[length - HEAD];
            received.get(start + HEAD, text);
            String[] words = new String(text, StandardCharsets.UTF_8).split("\0", -1);
            for (int i = 0; i + 1 < words.length && !words[i].isEmpty(); i += 2) {
                parameters.put(words[i], words[i + 1]);
            }
        }
        return new StartupPacket(code, parameters);
    }

    /** Whether it opens a session of protocol 3, which can be read along. */
    public boolean opensSession() {
        return code >>> 16 == 3;
    }

    /** Whether the session will carry the write-ahead log, which is none of our business. */
    public boolean replication() {
        String value = parameters.getOrDefault("replication", "off").toLowerCase(Locale.ROOT);
        return !(value.equals("off") || value.equals("false") || value.equals("no") || value.equals("0"));
    }

    /** The user; empty where the packet names none. */
    public String user() {
        return parameters.getOrDefault("user", "");
    }

    /** The database, which is called like the user where the packet doesn't say. */
    public String database() {
        return parameters.getOrDefault("database", user());
    }
}
