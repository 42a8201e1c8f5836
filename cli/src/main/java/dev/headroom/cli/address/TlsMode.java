package dev.headroom.cli.address;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a client asks of TLS (PostgreSQL documentation, "SSL Mode Descriptions"). */
public enum TlsMode {
    DISABLE,
    ALLOW,
    PREFER,
    REQUIRE,
    VERIFY_CA,
    VERIFY_FULL;

    /** The mode of that name in any driver's spelling, e.g. {@code verify-full} or {@code VERIFY_FULL}; else null. */
    static @Nullable TlsMode named(String name) {
        return switch (name.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "")) {
            case "disable", "disabled", "false", "0", "no" -> DISABLE;
            case "allow" -> ALLOW;
            case "prefer" -> PREFER;
            // drivers of Node: TLS without a look at the certificate
            case "require", "required", "noverify", "true", "1", "yes" -> REQUIRE;
            case "verifyca" -> VERIFY_CA;
            case "verifyfull" -> VERIFY_FULL;
            default -> null;
        };
    }
}
