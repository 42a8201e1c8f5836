package dev.headroom.cli.address;

import dev.headroom.proxy.postgres.upstream.SslMode;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The family of drivers that reads a URL: they differ in how TLS is spelled and in what is assumed when it isn't. */
enum UrlDialect {
    /** libpq's URI and its many imitations: {@code postgres://}, {@code postgresql+driver://}. */
    LIBPQ,
    /** pgjdbc, also wrapped by another driver. */
    JDBC,
    /** r2dbc-postgresql. */
    R2DBC;

    /** SQLAlchemy's drivers that hand {@code sslmode} to libpq; others refuse a parameter of that name. */
    private static final Set<String> LIBPQ_DRIVERS =
            Set.of("psycopg", "psycopg2", "psycopg2cffi", "aiopg", "psycopg_async");

    /** The dialect of a URL that starts with this scheme, without the colon; null if it isn't PostgreSQL's. */
    static UrlDialect ofScheme(String scheme) {
        String lower = scheme.toLowerCase(Locale.ROOT);
        if (lower.startsWith("jdbc:")) {
            return JDBC;
        }
        return lower.startsWith("r2dbc") ? R2DBC : LIBPQ;
    }

    /** What to add so that the client asks the proxy for no TLS; null where leaving its parameters out is enough. */
    @Nullable
    String withoutTls(String scheme) {
        return switch (this) {
            case JDBC -> "sslmode=disable";
            case R2DBC -> null;
            case LIBPQ -> {
                int plus = scheme.indexOf('+');
                boolean takesIt = plus < 0
                        || LIBPQ_DRIVERS.contains(scheme.substring(plus + 1).toLowerCase(Locale.ROOT));
                yield takesIt ? "sslmode=disable" : null;
            }
        };
    }

    /** The mode that {@code ssl=true} asks for. */
    SslMode plainSsl() {
        return this == LIBPQ ? SslMode.REQUIRE : SslMode.VERIFY_FULL;
    }
}
