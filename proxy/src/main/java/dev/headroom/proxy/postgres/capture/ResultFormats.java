package dev.headroom.proxy.postgres.capture;

import dev.headroom.proxy.postgres.message.Body;
import org.jspecify.annotations.Nullable;

/** In which format each parameter or each column of a result comes. */
final class ResultFormats {
    static final ResultFormats TEXT = new ResultFormats(Format.TEXT, null);
    static final ResultFormats BINARY = new ResultFormats(Format.BINARY, null);
    static final ResultFormats UNKNOWN = new ResultFormats(Format.UNKNOWN, null);

    enum Format {
        TEXT,
        BINARY,
        UNKNOWN
    }

    private final Format all;
    private final boolean @Nullable [] binary;

    private ResultFormats(Format all, boolean @Nullable [] binary) {
        this.all = all;
        this.binary = binary;
    }

    /** Reads a list of format codes as Bind has it: none means text, one goes for all. */
    static ResultFormats read(Body body) {
        int count = body.int2();
        if (count == 0) {
            return TEXT;
        }
        if (count == 1) {
            return body.int2() == 0 ? TEXT : BINARY;
        }
        boolean[] binary = new boolean[count];
        int binaries = 0;
        for (int i = 0; i < count; i++) {
            binary[i] = body.int2() != 0;
            binaries += binary[i] ? 1 : 0;
        }
        return binaries == 0 ? TEXT : binaries == count ? BINARY : new ResultFormats(Format.UNKNOWN, binary);
    }

    Format of(int index) {
        if (binary == null) {
            return all;
        }
        return index >= binary.length ? Format.UNKNOWN : binary[index] ? Format.BINARY : Format.TEXT;
    }
}
