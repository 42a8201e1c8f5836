package dev.headroom.cli.address;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** TLS as the parameters of a URL, or libpq's of the same names, ask for it. */
final class TlsParameters {
    private TlsParameters() {}

    /** Whether a parameter of that lower-case name concerns the way to the server, which the proxy now goes. */
    static boolean concerns(String name) {
        return name.startsWith("ssl")
                || name.equals("requiressl")
                || name.equals("channel_binding")
                || name.equals("channelbinding")
                || name.equals("gssencmode")
                || name.equals("tls")
                || name.equals("tlsmode");
    }

    /** What the app asked for; {@code PREFER} where it said nothing. */
    static TlsSettings read(UrlDialect dialect, UrlParameters parameters) {
        return new TlsSettings(
                mode(dialect, parameters),
                emptyToNull(parameters.get("sslrootcert")),
                emptyToNull(parameters.get("sslcert")),
                emptyToNull(parameters.get("sslkey")),
                "direct".equalsIgnoreCase(parameters.get("sslnegotiation")));
    }

    private static TlsMode mode(UrlDialect dialect, UrlParameters parameters) {
        String sslmode = parameters.get("sslmode");
        if (sslmode != null) {
            return required("sslmode", sslmode);
        }
        String ssl = parameters.get("ssl");
        if (ssl == null) {
            return "1".equals(parameters.get("requiressl")) ? TlsMode.REQUIRE : TlsMode.PREFER;
        }
        return switch (ssl.toLowerCase(Locale.ROOT)) {
            case "", "true", "1", "yes" -> {
                String factory = parameters.get("sslfactory");
                yield factory != null && factory.endsWith("NonValidatingFactory")
                        ? TlsMode.REQUIRE
                        : dialect.plainSsl();
            }
            default -> required("ssl", ssl);
        };
    }

    private static TlsMode required(String name, String value) {
        TlsMode mode = TlsMode.named(value);
        if (mode == null) {
            throw new UnusableAddressException(
                    name + "=" + value + " is none of disable, allow, prefer, require, verify-ca and verify-full");
        }
        return mode;
    }

    private static @Nullable String emptyToNull(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }
}
