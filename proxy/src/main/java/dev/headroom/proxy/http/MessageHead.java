package dev.headroom.proxy.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The start line and field lines of one message, as positions in its bytes. Strict where leniency would let two readers
 * disagree: every line ends in CRLF, no folded lines, no space before a colon, no control characters (RFC 9112,
 * sections 2.2 and 5). Reused from message to message; owned by the loop's thread.
 */
final class MessageHead {
    /** The longest head that is accepted, in bytes. */
    static final int LIMIT = 64 * 1024;

    private static final int FIELDS_LIMIT = 500;

    private byte[] bytes = new byte[2048];
    private int lineEnd;
    private int fields;
    private int[] positions = new int[4 * 32];

    /**
     * Where the head that starts at {@code from} ends (just behind its empty line), or -1 where it is not all there.
     *
     * @param scanned from where to look; everything before it was looked at by an earlier call
     */
    static int end(ByteBuffer in, int from, int scanned) throws MalformedMessage {
        int limit = in.limit();
        int i = Math.max(from, scanned);
        while (i < limit) {
            if (limit - i >= Long.BYTES && !EightOctets.hasLineFeed(in.getLong(i))) {
                i += Long.BYTES;
                continue;
            }
            if (in.get(i) == '\n') {
                if (i == from || in.get(i - 1) != '\r') {
                    throw new MalformedMessage(400, "a line of the head ends in LF without CR");
                }
                if (i - 2 >= from && in.get(i - 2) == '\n') {
                    return i + 1;
                }
            }
            i++;
        }
        return -1;
    }

    /** Copies and reads the head in {@code in} from {@code from} to {@code end}; {@code in} is left as it was. */
    void read(ByteBuffer in, int from, int end) throws MalformedMessage {
        int length = end - from;
        if (bytes.length < length) {
            bytes = new byte[length];
        }
        in.get(from, bytes, 0, length);
        fields = 0;
        lineEnd = lineEnd(0);
        int at = lineEnd + 2;
        while (bytes[at] != '\r') {
            at = field(at);
        }
        if (at != length - 2) {
            throw new MalformedMessage(400, "a line of the head holds a CR without LF");
        }
    }

    private int lineEnd(int from) throws MalformedMessage {
        int i = from;
        while (bytes[i] != '\r') {
            if (bytes.length - i >= Long.BYTES && !EightOctets.hasControl(EightOctets.at(bytes, i))) {
                i += Long.BYTES;
                continue;
            }
            int octet = bytes[i] & 0xff;
            if ((octet < 0x20 && octet != '\t') || octet == 0x7f) {
                throw new MalformedMessage(400, "a line of the head holds a control character");
            }
            i++;
        }
        if (bytes[i + 1] != '\n') {
            throw new MalformedMessage(400, "a line of the head holds a CR without LF");
        }
        return i;
    }

    private int field(int from) throws MalformedMessage {
        int i = from;
        while (Octets.isToken(bytes[i])) {
            i++;
        }
        if (i == from || bytes[i] != ':') {
            boolean folded = i == from && (bytes[i] == ' ' || bytes[i] == '\t');
            throw new MalformedMessage(
                    400, folded ? "a field line is folded onto the next line" : "a field's name is not a token");
        }
        int end = lineEnd(i + 1);
        int valueFrom = i + 1;
        int valueEnd = end;
        while (valueFrom < valueEnd && Octets.isBlank(bytes[valueFrom])) {
            valueFrom++;
        }
        while (valueEnd > valueFrom && Octets.isBlank(bytes[valueEnd - 1])) {
            valueEnd--;
        }
        add(from, i, valueFrom, valueEnd);
        return end + 2;
    }

    private void add(int nameFrom, int nameEnd, int valueFrom, int valueEnd) throws MalformedMessage {
        if (fields == FIELDS_LIMIT) {
            throw new MalformedMessage(431, "the head has more than " + FIELDS_LIMIT + " fields");
        }
        int at = fields * 4;
        if (at == positions.length) {
            positions = Arrays.copyOf(positions, at * 2);
        }
        positions[at] = nameFrom;
        positions[at + 1] = nameEnd;
        positions[at + 2] = valueFrom;
        positions[at + 3] = valueEnd;
        fields++;
    }

    /** The bytes that all positions are of. Not to be changed or kept. */
    byte[] bytes() {
        return bytes;
    }

    /** Where the start line ends; it begins at 0. */
    int startLineEnd() {
        return lineEnd;
    }

    /** The number of field lines. */
    int fields() {
        return fields;
    }

    /** Whether the name of field line {@code field} is {@code name}, which is given in lower case. */
    boolean nameIs(int field, String name) {
        int from = positions[field * 4];
        return positions[field * 4 + 1] - from == name.length()
                && Octets.equalsIgnoreCase(bytes, from, positions[field * 4 + 1], name);
    }

    /** Where the name of field line {@code field}, and with it the line, begins. */
    int nameFrom(int field) {
        return positions[field * 4];
    }

    /** Where the name of field line {@code field} ends. */
    int nameEnd(int field) {
        return positions[field * 4 + 1];
    }

    /** Where the value of field line {@code field} begins, without white space. */
    int valueFrom(int field) {
        return positions[field * 4 + 2];
    }

    /** Where the value of field line {@code field} ends, without white space. */
    int valueEnd(int field) {
        return positions[field * 4 + 3];
    }

    /** The value of field line {@code field}, a char a byte. */
    String value(int field) {
        return text(valueFrom(field), valueEnd(field));
    }

    /** Whether the comma-separated value of field line {@code field} lists {@code token}, given in lower case. */
    boolean lists(int field, String token) {
        return Octets.lists(bytes, valueFrom(field), valueEnd(field), token);
    }

    /** Bytes as text, a char a byte. */
    String text(int from, int end) {
        return new String(bytes, from, end - from, StandardCharsets.ISO_8859_1);
    }
}
