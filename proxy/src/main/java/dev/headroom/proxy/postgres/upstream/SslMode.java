package dev.headroom.proxy.postgres.upstream;

import dev.headroom.core.HeadroomException;
import java.util.Locale;

/** How much TLS a connection to the server must have: libpq's {@code sslmode} ("SSL Support", table "SSL Mode"). */
public enum SslMode {
    DISABLE,
    ALLOW,
    PREFER,
    REQUIRE,
    VERIFY_CA,
    VERIFY_FULL;

    /** Reads libpq's and pgjdbc's spelling, e.g. {@code verify-full}. */
    public static SslMode parse(String text) {
        for (SslMode mode : values()) {
            if (mode.spelling().equals(text.toLowerCase(Locale.ROOT))) {
                return mode;
            }
        }
        throw new HeadroomException(
                "sslmode \"" + text + "\" is not known; use disable, allow, prefer, require, verify-ca or verify-full");
    }

    /** The name as it stands in a URL. */
    public String spelling() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
