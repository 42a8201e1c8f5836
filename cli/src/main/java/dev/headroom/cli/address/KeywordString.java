package dev.headroom.cli.address;

import dev.headroom.proxy.postgres.upstream.Upstream;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A connection string of keywords and values: libpq's {@code host=db port=5432 dbname=orders} or Npgsql's
 * {@code Host=db;Port=5432;Username=web}.
 */
final class KeywordString {
    private static final Pattern LIBPQ = Pattern.compile("(?s)(?=.*\\bhost=)(?=.*\\bdbname=)[^;{}]*");
    private static final Pattern NPGSQL =
            Pattern.compile("(?si)(?=(?:.*;)?\\s*host=)(?=(?:.*;)?\\s*(?:username|user id)=)[^{}]*");

    private final String text;
    private final String separator;

    private KeywordString(String text, String separator) {
        this.text = text;
        this.separator = separator;
    }

    /** Reads a text that has the marks of one that is PostgreSQL's; null for any other. */
    static @Nullable KeywordString recognise(String text) {
        if (text.contains("://") || text.indexOf('=') < 0) {
            return null;
        }
        if (LIBPQ.matcher(text).matches()) {
            return new KeywordString(text, " ");
        }
        return NPGSQL.matcher(text).matches() ? new KeywordString(text, ";") : null;
    }

    /** The server that it names; {@code pgTls}, libpq's variables, for what libpq's form leaves out. */
    Upstream server(UrlParameters pgTls) {
        String host = value("host");
        if (host == null || host.isEmpty()) {
            throw new UnusableAddressException("it names no host");
        }
        String port = value("port");
        HostPort read = HostPort.pair(host, port == null ? "" : port).get(0);
        UrlParameters tls = UrlParameters.parse("");
        String mode = value(separator.equals(";") ? "ssl mode" : "sslmode");
        if (mode != null) {
            tls = tls.plus("sslmode=" + mode);
        }
        for (String name : List.of("sslrootcert", "sslcert", "sslkey")) {
            String file = value(name);
            if (file != null) {
                tls = tls.plus(name + "=" + file.replace("%", "%25"));
            }
        }
        boolean libpq = separator.equals(" ");
        Servers.Login login = new Servers.Login(
                value(libpq ? "user" : "(?:username|user id)"),
                value("password"),
                value(libpq ? "dbname" : "database"));
        return Servers.at(
                read.host(),
                read.port(),
                TlsParameters.read(UrlDialect.LIBPQ, tls, libpq ? pgTls : UrlParameters.parse("")),
                login);
    }

    /** The same towards this address, without TLS. */
    String rewritten(StandIn towards) {
        String out = text;
        for (String gone : new String[] {
            "port",
            "hostaddr",
            "ssl ?mode",
            "sslrootcert",
            "sslcert",
            "sslkey",
            "channel_?binding",
            "gssencmode",
            "trust server certificate",
            "root certificate"
        }) {
            out = keyword(gone).matcher(out).replaceAll("$1");
        }
        String sslMode = separator.equals(";") ? "SSL Mode=Disable" : "sslmode=disable";
        String replacement = "$1$2" + Matcher.quoteReplacement(value(towards)) + separator + "port=" + towards.port()
                + separator + sslMode + separator;
        return keyword("host").matcher(out).replaceFirst(replacement).stripTrailing();
    }

    /** A folder's name may hold what separates values. */
    private String value(StandIn towards) {
        boolean quoted = separator.equals(" ") && !towards.host().matches("[\\w/.:-]+");
        return quoted ? "'" + towards.host().replaceAll("(['\\\\])", "\\\\$1") + "'" : towards.host();
    }

    private @Nullable String value(String name) {
        Matcher matcher = keyword(name).matcher(text);
        return matcher.find() ? matcher.group(3).replaceAll("^'|'$", "") : null;
    }

    /** Group 1 is what stands before, group 2 the keyword with its equals sign, group 3 the value. */
    private Pattern keyword(String name) {
        String value = separator.equals(";") ? "([^;]*);?" : "('[^']*'|\\S*)\\s*";
        String before = separator.equals(";") ? "(^|;)" : "(^|\\s)";
        return Pattern.compile("(?i)" + before.toLowerCase(Locale.ROOT) + "(\\s*" + name + "\\s*=\\s*)" + value);
    }
}
