package dev.headroom.proxy.postgres.capture;

import dev.headroom.core.digest.ValueReader;
import dev.headroom.core.trace.Digests;
import dev.headroom.proxy.postgres.message.Body;
import dev.headroom.proxy.postgres.message.NotPostgresException;
import java.util.Arrays;

/** Reads the values of Bind messages into digests. One per loop. */
final class BindReader {
    /** So many parameters of one execution are digested; a bulk insert has more. */
    static final int MOST_VALUES = 4_096;

    private final ValueReader values;
    private long[] digests = new long[16];

    BindReader(ValueReader values) {
        this.values = values;
    }

    /** Reads from behind the statement's name to the end; {@code cut} where the body's end is not at hand. */
    BoundValues read(Body body, PreparedText prepared, boolean cut) {
        try {
            return read(body, prepared);
        } catch (NotPostgresException e) {
            if (cut) {
                return BoundValues.UNREAD;
            }
            throw e;
        }
    }

    private BoundValues read(Body body, PreparedText prepared) {
        ResultFormats formats = ResultFormats.read(body);
        int count = body.int2();
        int kept = Math.min(count, MOST_VALUES);
        if (kept > digests.length) {
            digests = Arrays.copyOf(digests, Math.max(kept, digests.length * 2));
        }
        for (int i = 0; i < count; i++) {
            int length = body.int4();
            long digest = Digests.NULL_VALUE;
            if (length >= 0) {
                int start = body.position();
                body.skip(length);
                if (i < kept) {
                    digest = digest(body.bytes(), start, length, prepared.parameterType(i), formats.of(i));
                }
            } else if (length != -1) {
                throw new NotPostgresException("a parameter of length " + length);
            }
            if (i < kept) {
                digests[i] = digest;
            }
        }
        ResultFormats results = ResultFormats.read(body);
        if (count == 0 && results == ResultFormats.TEXT) {
            return BoundValues.NONE;
        }
        return new BoundValues(Digests.copyOf(digests, kept), kept == count, results);
    }

    private long digest(byte[] bytes, int start, int length, int type, ResultFormats.Format format) {
        return format == ResultFormats.Format.BINARY
                ? values.binary(type, bytes, start, length)
                : values.text(type, bytes, start, length);
    }
}
