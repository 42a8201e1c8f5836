package dev.headroom.proxy.postgres.tls;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/** The few forms of ASN.1's distinguished encoding (X.690) that certificates and keys need. */
final class Der {
    static final int SEQUENCE = 0x30;
    static final int SET = 0x31;
    static final int OCTETS = 0x04;

    private Der() {}

    static byte[] tagged(int tag, byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (length < 0x80) {
            out.write(length);
        } else if (length < 0x100) {
            out.write(0x81);
            out.write(length);
        } else {
            out.write(0x82);
            out.write(length >> 8);
            out.write(length);
        }
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    static byte[] sequence(byte[]... parts) {
        return tagged(SEQUENCE, parts);
    }

    static byte[] integer(BigInteger value) {
        return tagged(0x02, value.toByteArray());
    }

    /** An object identifier, given as its encoded bytes. */
    static byte[] oid(int... octets) {
        byte[] encoded = new byte[octets.length];
        for (int i = 0; i < octets.length; i++) {
            encoded[i] = (byte) octets[i];
        }
        return tagged(0x06, encoded);
    }

    static byte[] utf8(String text) {
        return tagged(0x0C, text.getBytes(StandardCharsets.UTF_8));
    }

    /** A time, given as {@code yyyyMMddHHmmssZ}. */
    static byte[] generalizedTime(String text) {
        return tagged(0x18, text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Where the content of the element at {@code start} begins. */
    static int contentStart(byte[] encoded, int start) {
        int first = encoded[start + 1] & 0xFF;
        return start + 2 + (first < 0x80 ? 0 : first & 0x7F);
    }

    /** How long the content of the element at {@code start} is. */
    static int contentLength(byte[] encoded, int start) {
        int first = encoded[start + 1] & 0xFF;
        if (first < 0x80) {
            return first;
        }
        int length = 0;
        for (int i = start + 2; i < contentStart(encoded, start); i++) {
            length = length << 8 | encoded[i] & 0xFF;
        }
        return length;
    }

    static byte[] bits(byte[] content) {
        return tagged(0x03, new byte[1], content);
    }
}
