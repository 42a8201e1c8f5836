package dev.headroom.server.recording;

import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Compression of the bodies in a recording: the length of the content, then the content itself where that is not
 * larger, else a raw deflate stream (RFC 1951). Owns native memory until closed; for one thread.
 */
final class Packing implements AutoCloseable {
    /** The largest content of one body. Bounds what a hostile recording can make a reader allocate. */
    static final int MAX_BYTES = 8 << 20;

    private static final int STORED = 0;
    private static final int DEFLATED = 1;

    private final Deflater deflater = new Deflater(4, true);
    private byte[] buffer = new byte[4096];

    byte[] pack(BinaryOutput content) {
        int size = content.size();
        if (buffer.length < size) {
            buffer = new byte[size];
        }
        deflater.reset();
        deflater.setInput(content.bytes(), 0, size);
        deflater.finish();
        int packed = size == 0 ? 0 : deflater.deflate(buffer, 0, size);
        boolean smaller = deflater.finished();
        BinaryOutput head = new BinaryOutput();
        head.octet(smaller ? DEFLATED : STORED);
        head.unsigned(size);
        int length = smaller ? packed : size;
        byte[] result = new byte[head.size() + length];
        System.arraycopy(head.bytes(), 0, result, 0, head.size());
        System.arraycopy(smaller ? buffer : content.bytes(), 0, result, head.size(), length);
        if (buffer.length > 1 << 20) {
            buffer = new byte[4096];
        }
        return result;
    }

    /** The content of a body. */
    static BinaryInput unpack(byte[] body) {
        BinaryInput head = new BinaryInput(body);
        int method = head.octet();
        long size = head.unsigned();
        if (size < 0 || size > MAX_BYTES) {
            throw BinaryInput.damaged("a body of " + size + " bytes, the limit is " + MAX_BYTES);
        }
        if (method == STORED && size == head.remaining()) {
            return head;
        }
        // Deflate makes at best 1 byte of 1,032, so a shorter body cannot hold what it claims.
        if (method != DEFLATED || size > head.remaining() * 1032L + 64) {
            throw BinaryInput.damaged("a body of unknown form");
        }
        byte[] content = new byte[(int) size];
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(body, head.position(), head.remaining());
            int filled = 0;
            while (filled < content.length) {
                int count = inflater.inflate(content, filled, content.length - filled);
                if (count == 0) {
                    break;
                }
                filled += count;
            }
            if (filled < content.length) {
                throw BinaryInput.damaged("a body that ends too early");
            }
            return new BinaryInput(content);
        } catch (DataFormatException e) {
            throw BinaryInput.damaged("a body that cannot be decompressed");
        } finally {
            inflater.end();
        }
    }

    @Override
    public void close() {
        deflater.end();
    }
}
