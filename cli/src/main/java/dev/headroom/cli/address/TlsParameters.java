package dev.headroom.cli.address;

import dev.headroom.proxy.postgres.upstream.SslMode;
import dev.headroom.proxy.postgres.upstream.UpstreamTls;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** TLS as the parameters of a URL, or libpq's of the same names, ask for it. */
final class TlsParameters {
    private static final Set<String> MODES = Set.of("sslmode", "requiressl", "ssl");

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
    static UpstreamTls read(UrlDialect dialect, UrlParameters parameters) {
        return new UpstreamTls(
                mode(dialect, parameters),
                "direct".equalsIgnoreCase(parameters.get("sslnegotiation")),
                path(parameters.get("sslrootcert")),
                path(parameters.get("sslcert")),
                path(parameters.get("sslkey")));
    }

    /** The same where {@code others}, of libpq's names, hold for what an address of libpq's leaves out. */
    static UpstreamTls read(UrlDialect dialect, UrlParameters parameters, UrlParameters others) {
        if (dialect != UrlDialect.LIBPQ) {
            return read(dialect, parameters);
        }
        boolean saysMode = MODES.stream().anyMatch(name -> parameters.get(name) != null);
        UrlParameters missing = others.without(name -> MODES.contains(name) ? saysMode : parameters.get(name) != null);
        return read(dialect, parameters.plus(missing));
    }

    private static SslMode mode(UrlDialect dialect, UrlParameters parameters) {
        String sslmode = parameters.get("sslmode");
        if (sslmode != null) {
            return required("sslmode", sslmode);
        }
        String ssl = parameters.get("ssl");
        if (ssl == null) {
            return "1".equals(parameters.get("requiressl")) ? SslMode.REQUIRE : SslMode.PREFER;
        }
        return switch (ssl.toLowerCase(Locale.ROOT)) {
            case "", "true", "1", "yes" -> {
                String factory = parameters.get("sslfactory");
                yield factory != null && factory.endsWith("NonValidatingFactory")
                        ? SslMode.REQUIRE
                        : dialect.plainSsl();
            }
            default -> required("ssl", ssl);
        };
    }

    /** The mode of that name in any driver's spelling, e.g. {@code verify-full} or {@code VERIFY_FULL}. */
    private static SslMode required(String name, String value) {
        return switch (value.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "")) {
            case "disable", "disabled", "false", "0", "no" -> SslMode.DISABLE;
            case "allow" -> SslMode.ALLOW;
            case "prefer" -> SslMode.PREFER;
            // drivers of Node have no-verify for TLS without a look at the certificate
            case "require", "required", "noverify", "true", "1", "yes" -> SslMode.REQUIRE;
            case "verifyca" -> SslMode.VERIFY_CA;
            case "verifyfull" -> SslMode.VERIFY_FULL;
            default ->
                throw new UnusableAddressException(
                        name + "=" + value + " is none of disable, allow, prefer, require, verify-ca and verify-full");
        };
    }

    private static @Nullable Path path(@Nullable String text) {
        try {
            return text == null || text.isEmpty() ? null : Path.of(text);
        } catch (InvalidPathException e) {
            throw new UnusableAddressException("the path of a certificate or key cannot be a path");
        }
    }
}
