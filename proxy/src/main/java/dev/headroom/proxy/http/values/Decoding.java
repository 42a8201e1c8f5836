package dev.headroom.proxy.http.values;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.brotli.dec.BrotliInputStream;
import org.jspecify.annotations.Nullable;

/** The content codings that can be read (RFC 9110, section 8.4.1; Brotli: RFC 7932; zstd: RFC 8878). */
final class Decoding {
    private static final int BUFFER = 4096;

    private Decoding() {}

    /** Whether {@code coding}, in lower case, can be read now. */
    static boolean knows(String coding) {
        return switch (coding) {
            case "identity", "gzip", "x-gzip", "deflate", "br" -> true;
            case "zstd" -> Zstandard.ready();
            default -> false;
        };
    }

    /** Why no response in {@code coding}, in lower case, is read; null where they are, or may be later. */
    static @Nullable String obstacle(String coding) {
        return switch (coding) {
            case "identity", "gzip", "x-gzip", "deflate", "br" -> null;
            case "zstd" -> Zstandard.obstacle();
            default -> "Headroom knows no such content coding";
        };
    }

    /** The decoded bytes of {@code encoded}, all of which must have come unless the coding is identity. */
    static InputStream of(String coding, ByteChunks encoded) throws IOException {
        return switch (coding) {
            case "gzip", "x-gzip" -> new GZIPInputStream(encoded, BUFFER);
            case "deflate" -> deflate(encoded);
            case "br" -> new BrotliInputStream(encoded);
            case "zstd" -> Zstandard.of(encoded);
            default -> encoded;
        };
    }

    /** Deflate in the zlib format, as it should be, or without, as some servers send it. */
    private static InputStream deflate(ByteChunks encoded) {
        Inflater inflater = new Inflater((encoded.first() & 0x0f) != 8);
        return new FilterInputStream(new InflaterInputStream(encoded, inflater, BUFFER)) {
            @Override
            public void close() {
                inflater.end();
            }
        };
    }
}
