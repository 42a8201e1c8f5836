package dev.headroom.cli.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headroom.core.HeadroomException;
import dev.headroom.proxy.postgres.upstream.SslMode;
import dev.headroom.proxy.postgres.upstream.Upstream;
import dev.headroom.proxy.postgres.upstream.UpstreamTls;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressRewriterTest {
    private final FixedListeners listeners = new FixedListeners();

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "postgres://web:secret@db.example.com:5433/orders"
                        + "|db.example.com:5433|postgres://web:secret@127.0.0.1:6001/orders?sslmode=disable",
                "postgresql://web@db/orders|db:5432|postgresql://web@127.0.0.1:6001/orders?sslmode=disable",
                "postgresql+psycopg2://u:p@db/o?application_name=x|db:5432"
                        + "|postgresql+psycopg2://u:p@127.0.0.1:6001/o?application_name=x&sslmode=disable",
                "postgresql+asyncpg://u:p@db/o?ssl=require|db:5432|postgresql+asyncpg://u:p@127.0.0.1:6001/o",
                "postgis://u:p@db/o|db:5432|postgis://u:p@127.0.0.1:6001/o?sslmode=disable",
                "postgres://u:p%40ss%2Fw%3Ard@db/o|db:5432|postgres://u:p%40ss%2Fw%3Ard@127.0.0.1:6001/o?sslmode=disable",
                "postgres://u:p@ss@db/o|db:5432|postgres://u:p@ss@127.0.0.1:6001/o?sslmode=disable",
                "postgres://u:hunt#er2@db:5544/o|db:5544|postgres://u:hunt#er2@127.0.0.1:6001/o?sslmode=disable",
                "postgres://u:1#2@db/o|db:5432|postgres://u:1#2@127.0.0.1:6001/o?sslmode=disable",
                "postgres://u:hunt?er2@db:5544/o?a=b|db:5544"
                        + "|postgres://u:hunt?er2@127.0.0.1:6001/o?a=b&sslmode=disable",
                "postgres://u:1?2@db/o|db:5432|postgres://u:1?2@127.0.0.1:6001/o?sslmode=disable",
                "postgresql+psycopg2://u:a/b?c#d@db/o|db:5432"
                        + "|postgresql+psycopg2://u:a/b?c#d@127.0.0.1:6001/o?sslmode=disable",
                "postgresql+psycopg2://u:1/2@db/o|db:5432|postgresql+psycopg2://u:1/2@127.0.0.1:6001/o?sslmode=disable",
                "postgresql+psycopg2://db:6000/o?user=a@b|db:6000"
                        + "|postgresql+psycopg2://127.0.0.1:6001/o?user=a@b&sslmode=disable",
                "postgresql://db/o?password=hunt#er2|db:5432"
                        + "|postgresql://127.0.0.1:6001/o?password=hunt#er2&sslmode=disable",
                "jdbc:postgresql://db/o?user=x&password=p#s|db:5432"
                        + "|jdbc:postgresql://127.0.0.1:6001/o?user=x&password=p#s&sslmode=disable",
                "jdbc:postgresql://db/o?user=x&password=p@ss|db:5432"
                        + "|jdbc:postgresql://127.0.0.1:6001/o?user=x&password=p@ss&sslmode=disable",
                "postgresql://db/o?user=a@b|db:5432|postgresql://127.0.0.1:6001/o?user=a@b&sslmode=disable",
                "postgresql://db:6000/a@b|db:6000|postgresql://127.0.0.1:6001/a@b?sslmode=disable",
                "postgresql://a:1,[::1]:2?user=a@b|a:1,[::1]:2"
                        + "|postgresql://127.0.0.1:6001,127.0.0.1:6002?user=a@b&sslmode=disable",
                "postgres://u:it's\"quoted\"@db/o|db:5432|postgres://u:it's\"quoted\"@127.0.0.1:6001/o?sslmode=disable",
                "postgres://u:p@[2001:db8::1]:5444/o|[2001:db8::1]:5444|postgres://u:p@127.0.0.1:6001/o?sslmode=disable",
                "postgres://u:p@[::1]/o|[::1]:5432|postgres://u:p@127.0.0.1:6001/o?sslmode=disable",
                "postgres://db|db:5432|postgres://127.0.0.1:6001?sslmode=disable",
                "postgres://u@db/o?sslmode=require&connect_timeout=3&channel_binding=require|db:5432"
                        + "|postgres://u@127.0.0.1:6001/o?connect_timeout=3&sslmode=disable",
                "postgres://u@/o?host=/cloudsql/a:b:c|/cloudsql/a:b:c/.s.PGSQL.5432"
                        + "|postgres://u@/o?host=/private/1&port=5432&sslmode=disable",
                "postgres://u@%2Fvar%2Frun%2Fpostgresql/o|/var/run/postgresql/.s.PGSQL.5432"
                        + "|postgres://u@%2Fprivate%2F1:5432/o?sslmode=disable",
                "postgres://u@%2Fa:6432,db:1/o|/a/.s.PGSQL.6432,db:1"
                        + "|postgres://u@%2Fprivate%2F1:6432,127.0.0.1:6002/o?sslmode=disable",
                "postgresql+psycopg2://u@/o?host=/a,/b&port=1,2|/a/.s.PGSQL.1,/b/.s.PGSQL.2"
                        + "|postgresql+psycopg2://u@/o?host=/private/1,/private/2&port=1,2&sslmode=disable",
                "postgresql://u@/o?host=db&port=6000&user=x|db:6000|postgresql://u@127.0.0.1:6001/o?user=x&sslmode=disable",
                "jdbc:postgresql://db:5433/orders?user=web&password=se%26cret|db:5433"
                        + "|jdbc:postgresql://127.0.0.1:6001/orders?user=web&password=se%26cret&sslmode=disable",
                "jdbc:postgresql:orders|localhost:5432|jdbc:postgresql://127.0.0.1:6001/orders?sslmode=disable",
                "jdbc:postgresql:/|localhost:5432|jdbc:postgresql://127.0.0.1:6001/?sslmode=disable",
                "jdbc:postgresql:///orders|localhost:5432|jdbc:postgresql://127.0.0.1:6001/orders?sslmode=disable",
                "jdbc:p6spy:postgresql://db/o|db:5432|jdbc:p6spy:postgresql://127.0.0.1:6001/o?sslmode=disable",
                "jdbc:otel:postgresql://db/o?ssl=true|db:5432|jdbc:otel:postgresql://127.0.0.1:6001/o?sslmode=disable",
                "jdbc:aws-wrapper:postgresql://db/o?wrapperPlugins=failover|db:5432"
                        + "|jdbc:aws-wrapper:postgresql://127.0.0.1:6001/o?wrapperPlugins=failover&sslmode=disable",
                "r2dbc:postgresql://u:p@db:5433/o?sslMode=require&schema=s|db:5433"
                        + "|r2dbc:postgresql://u:p@127.0.0.1:6001/o?schema=s",
                "r2dbc:pool:postgresql://u:p@db/o?maxSize=5|db:5432|r2dbc:pool:postgresql://u:p@127.0.0.1:6001/o?maxSize=5",
                "r2dbcs:postgresql://u:p@db/o|db:5432|r2dbc:postgresql://u:p@127.0.0.1:6001/o",
            })
    void onlyHostPortAndTlsOfAUrlChange(String before, String server, String after) {
        RewrittenEnvironment result = rewrite(Map.of("ANY_NAME", before));

        assertThat(result.variables()).containsEntry("ANY_NAME", after);
        assertThat(listeners.servers)
                .extracting(found -> found.address().toString())
                .containsExactly(server.split(","));
        assertThat(result.rewritten()).containsExactly("ANY_NAME");
        assertThat(result.notes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mysql://u:p@db/o",
                "jdbc:mysql://db:3306/o",
                "https://example.com/postgresql://",
                "jdbc:tc:postgresql:15:///orders",
                "redis://localhost:6379",
                "postgres",
                "postgresql-client",
                "jdbc:postgresql://${DB_HOST}:${DB_PORT}/orders",
                "jdbc:postgresql://${DB_HOST:db}:5432/orders?user=x&password=p@ss",
                "postgresql://db:${DB_PORT}/o?user=a@b",
            })
    void whatIsNoAddressOfPostgresIsLeftAlone(String value) {
        RewrittenEnvironment result = rewrite(Map.of("ANY_NAME", value));

        assertThat(result.variables()).containsEntry("ANY_NAME", value);
        assertThat(result.rewritten()).isEmpty();
        assertThat(listeners.servers).isEmpty();
    }

    @Test
    void aUrlOfAnyLengthIsRead() {
        rewrite(Map.of("URL", "postgres://" + "a,".repeat(5_000) + "/o"));

        assertThat(listeners.servers).isNotEmpty();
    }

    @Test
    void severalHostsKeepTheirOrderAndTheParametersThatChooseAmongThem() {
        RewrittenEnvironment result = rewrite(
                Map.of("URL", "jdbc:postgresql://a:1,b,[::1]:3/o?targetServerType=primary&loadBalanceHosts=true"));

        assertThat(listeners.servers)
                .extracting(found -> found.address().toString())
                .containsExactly("a:1", "b:5432", "[::1]:3");
        assertThat(result.variables())
                .containsEntry(
                        "URL",
                        "jdbc:postgresql://127.0.0.1:6001,127.0.0.1:6002,127.0.0.1:6003/o"
                                + "?targetServerType=primary&loadBalanceHosts=true&sslmode=disable");
    }

    @Test
    void severalHostsInParametersMoveIntoTheAuthority() {
        RewrittenEnvironment result = rewrite(Map.of("URL", "postgresql+psycopg2://u:p@/o?host=a:1&host=b:2"));

        assertThat(listeners.servers)
                .extracting(found -> found.address().toString())
                .containsExactly("a:1", "b:2");
        assertThat(result.variables())
                .containsEntry("URL", "postgresql+psycopg2://u:p@127.0.0.1:6001,127.0.0.1:6002/o?sslmode=disable");
    }

    @Test
    void theSameServerIsListenedForOnce() {
        RewrittenEnvironment result =
                rewrite(Map.of("A", "postgres://u:1@db/a", "B", "postgres://u:1@db/a", "C", "postgres://u:1@other/a"));

        assertThat(listeners.servers).hasSize(2);
        assertThat(result.rewritten()).containsExactly("A", "B", "C");
    }

    @Test
    void tlsTowardsTheServerStaysAsTheUrlAskedForIt() {
        rewrite(
                Map.of(
                        "URL",
                        "postgres://db/o?sslmode=verify-full&sslrootcert=/ca.pem&sslcert=/c.pem&sslkey=/k.pem&sslnegotiation=direct"));

        assertThat(listeners.servers)
                .extracting(Upstream::tls)
                .containsExactly(new UpstreamTls(
                        SslMode.VERIFY_FULL, true, Path.of("/ca.pem"), Path.of("/c.pem"), Path.of("/k.pem")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "postgres://db/o|REQUIRE|/e.crt",
                "host=db dbname=o|REQUIRE|/e.crt",
                "postgres://db/o?sslmode=verify-ca|VERIFY_CA|/e.crt",
                "postgres://db/o?ssl=no-verify&sslcert=/u.crt|REQUIRE|/u.crt",
                "postgresql+asyncpg://db/o?ssl=prefer|PREFER|/e.crt",
                "jdbc:postgresql://db/o|PREFER|",
                "r2dbc:postgresql://db/o|PREFER|"
            })
    void whatAnAddressOfLibpqsLeavesOutOfTlsItsVariablesSay(
            String address, SslMode mode, @Nullable String certificate) {
        RewrittenEnvironment result =
                rewrite(Map.of("A", address, "PGSSLMODE", "require", "PGSSLCERT", "/e.crt", "PGSSLKEY", "/e.key"));

        assertThat(result.notes()).isEmpty();
        assertThat(listeners.servers).extracting(Upstream::tls).singleElement().satisfies(tls -> {
            assertThat(tls.mode()).isEqualTo(mode);
            assertThat(tls.certificate()).isEqualTo(certificate == null ? null : Path.of(certificate));
            assertThat(tls.key()).isEqualTo(certificate == null ? null : Path.of("/e.key"));
        });
    }

    @ParameterizedTest
    @CsvSource({
        "postgres://db/o, postgresql.crt, postgresql.key, postgresql.key",
        "postgres://db/o, postgresql.crt, postgresql.pk8, postgresql.pk8",
        "jdbc:postgresql://db/o?ssl=true, postgresql.crt, postgresql.pk8, postgresql.pk8",
        "postgres://db/o?sslcert=/u.crt, /u.crt, postgresql.key, postgresql.key",
        "postgres://db/o?sslcert=/u.crt&sslkey=/u.key, /u.crt, /u.key, postgresql.key",
        "postgres://db/o?sslmode=disable, , , postgresql.key",
        "postgres://db/o, , , none.key"
    })
    void theClientCertificateThatDriversFindByThemselvesIsPresented(
            String url, @Nullable String certificate, @Nullable String key, String existing) throws Exception {
        Path defaults = Files.createDirectory(folder.resolve(".postgresql"));
        Files.createFile(defaults.resolve("postgresql.crt"));
        Files.createFile(defaults.resolve(existing));

        rewrite(Map.of("HOME", folder.toString(), "A", url));

        assertThat(listeners.servers).extracting(Upstream::tls).singleElement().satisfies(tls -> {
            assertThat(tls.certificate()).isEqualTo(certificate == null ? null : defaults.resolve(certificate));
            assertThat(tls.key()).isEqualTo(key == null ? null : defaults.resolve(key));
        });
    }

    @Test
    void aDefaultCertificateThatCannotBeUsedKeepsNoAddressFromTheProxy() throws Exception {
        Path defaults = Files.createDirectory(folder.resolve(".postgresql"));
        Files.createFile(defaults.resolve("postgresql.crt"));
        Files.createFile(defaults.resolve("postgresql.key"));
        Listeners refusing = new Listeners() {
            @Override
            public StandIn listen(Upstream server) {
                if (server.tls().certificate() != null) {
                    throw new HeadroomException("no certificate");
                }
                return listeners.listen(server);
            }

            @Override
            public @Nullable StandIn listenOnSamePort(Upstream server, int port) {
                return null;
            }
        };

        RewrittenEnvironment result = new AddressRewriter(
                        Map.of("HOME", folder.toString(), "A", "postgres://db/o"), refusing)
                .rewrite(List.of(), List.of(), folder.resolve("private"));

        assertThat(result.rewritten()).containsExactly("A");
        assertThat(result.notes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "postgres://db/o, PREFER",
        "postgres://db/o?ssl=true, REQUIRE",
        "postgres://db/o?sslmode=no-verify, REQUIRE",
        "jdbc:postgresql://db/o?ssl=true, VERIFY_FULL",
        "jdbc:postgresql://db/o?ssl=true&sslfactory=org.postgresql.ssl.NonValidatingFactory, REQUIRE",
        "r2dbc:postgresql://db/o?sslMode=VERIFY_CA, VERIFY_CA",
        "jdbc:postgresql://db/o?sslmode=disable, DISABLE",
    })
    void eachDriversSpellingOfTlsIsUnderstood(String url, SslMode mode) {
        rewrite(Map.of("URL", url));

        assertThat(listeners.servers.get(0).tls().mode()).isEqualTo(mode);
    }

    @Test
    void urlsInsideOtherTextsAreFound() {
        RewrittenEnvironment result = rewrite(Map.of(
                "SPRING_APPLICATION_JSON",
                "{\"spring\":{\"datasource\":{\"url\":\"jdbc:postgresql://db/o\",\"username\":\"u\"}}}",
                "JAVA_TOOL_OPTIONS",
                "-Xmx300m -Dspring.datasource.url=jdbc:postgresql://db/o?sslmode=disable -Dx=y",
                "URLS",
                "postgres://db/a,postgres://db/b"));

        assertThat(result.variables())
                .containsEntry(
                        "SPRING_APPLICATION_JSON",
                        "{\"spring\":{\"datasource\":{\"url\":\"jdbc:postgresql://127.0.0.1:PORT/o?sslmode=disable\",\"username\":\"u\"}}}"
                                .replace("PORT", "6002"))
                .containsEntry(
                        "JAVA_TOOL_OPTIONS",
                        "-Xmx300m -Dspring.datasource.url=jdbc:postgresql://127.0.0.1:PORT/o?sslmode=disable -Dx=y"
                                .replace("PORT", "6001"));
        assertThat(result.variables().get("URLS"))
                .matches(
                        "postgres://127.0.0.1:600\\d/a\\?sslmode=disable,postgres://127.0.0.1:600\\d/b\\?sslmode=disable");
    }

    @Test
    void urlsInArgumentsAreRewrittenToo() {
        RewrittenEnvironment result = new AddressRewriter(Map.of(), listeners)
                .rewrite(
                        List.of("java", "--spring.datasource.url=jdbc:postgresql://db/o", "--x"),
                        List.of(),
                        folder.resolve("p"));

        assertThat(result.arguments())
                .containsExactly(
                        "java", "--spring.datasource.url=jdbc:postgresql://127.0.0.1:6001/o?sslmode=disable", "--x");
        assertThat(result.rewritten()).containsExactly("an argument of the command");
    }

    @Test
    void libpqsVariablesAreRewritten() {
        RewrittenEnvironment result = rewrite(Map.of(
                "PGHOST", "a,b", "PGPORT", "1", "PGSSLMODE", "require", "PGCHANNELBINDING", "require", "PGUSER", "u"));

        assertThat(result.variables())
                .containsEntry("PGHOST", "127.0.0.1,127.0.0.1")
                .containsEntry("PGPORT", "6001,6002")
                .containsEntry("PGSSLMODE", "disable")
                .containsEntry("PGUSER", "u")
                .doesNotContainKey("PGCHANNELBINDING");
        assertThat(listeners.servers)
                .extracting(found -> found.address().toString())
                .containsExactly("a:1", "b:1");
        assertThat(listeners.servers).allMatch(server -> server.tls().mode() == SslMode.REQUIRE);
    }

    @Test
    void hostaddrWhichBypassesTheHostIsTakenOver() {
        RewrittenEnvironment result = rewrite(Map.of("PGHOST", "db.example.com", "PGHOSTADDR", "10.0.0.5"));

        assertThat(listeners.servers)
                .extracting(found -> found.address().toString())
                .containsExactly("10.0.0.5:5432");
        assertThat(result.variables()).doesNotContainKey("PGHOSTADDR").containsEntry("PGHOST", "127.0.0.1");
    }

    @Test
    void aUrlWithoutAHostFollowsPghost() {
        RewrittenEnvironment result = rewrite(Map.of("PGHOST", "db", "DATABASE_URL", "postgresql:///orders"));

        assertThat(result.variables())
                .containsEntry("DATABASE_URL", "postgresql:///orders?sslmode=disable")
                .containsEntry("PGHOST", "127.0.0.1");
        assertThat(listeners.servers)
                .extracting(found -> found.address().toString())
                .containsExactly("db:5432");
    }

    @Test
    void aServiceIsTranslatedIntoAPrivateFile() throws Exception {
        Path services = folder.resolve("services");
        Files.writeString(
                services,
                "[other]\nhost=elsewhere\n[orders]\nhost=db\nport=5433\nuser=web\npassword=secret\nsslmode=require\n");

        RewrittenEnvironment result =
                rewrite(Map.of("PGSERVICE", "orders", "PGSERVICEFILE", services.toString(), "PGUSER", "x"));

        Path copy = Path.of(result.variables().getOrDefault("PGSERVICEFILE", ""));
        assertThat(copy)
                .hasContent(
                        "[other]\nhost=elsewhere\n[orders]\nhost=127.0.0.1\nport=6001\nsslmode=disable\nuser=web\npassword=secret\n");
        assertThat(Files.getPosixFilePermissions(copy)).hasSize(2);
        assertThat(listeners.servers)
                .extracting(found -> found.address().toString())
                .containsExactly("db:5433");
        assertThat(result.variables()).doesNotContainKey("PGHOST");
    }

    @Test
    void linesOfThePasswordFileAreRepeatedForTheStandIn() throws Exception {
        Path passwords = folder.resolve("pgpass");
        Files.writeString(passwords, "# mine\nother:5432:*:web:no\ndb:5433:orders:web:sec\\:ret\n*:*:*:any:x\n");

        RewrittenEnvironment result =
                rewrite(Map.of("PGPASSFILE", passwords.toString(), "DATABASE_URL", "postgres://web@db:5433/orders"));

        Path copy = Path.of(result.variables().getOrDefault("PGPASSFILE", ""));
        assertThat(copy)
                .isNotEqualTo(passwords)
                .hasContent(
                        "127.0.0.1:6001:orders:web:sec\\:ret\n127.0.0.1:6001:*:any:x\n" + Files.readString(passwords));
        assertThat(Files.getPosixFilePermissions(copy)).hasSize(2);
    }

    @Test
    void aSocketsFolderInLibpqsVariablesBecomesAPrivateOneWithTheSameNumber() {
        RewrittenEnvironment result =
                rewrite(Map.of("PGHOST", "/run/pg,db", "PGPORT", "5433", "PGREQUIREPEER", "postgres"));

        assertThat(listeners.servers)
                .extracting(found -> found.address().toString())
                .containsExactly("/run/pg/.s.PGSQL.5433", "db:5433");
        assertThat(result.variables())
                .containsEntry("PGHOST", "/private/1,127.0.0.1")
                .containsEntry("PGPORT", "5433,6002")
                .doesNotContainKey("PGREQUIREPEER");
    }

    @Test
    void aSocketsFolderInAHostVariableNeedsNoPort() {
        RewrittenEnvironment result = rewrite(Map.of("POSTGRES_HOST", "/run/pg"));

        assertThat(result.variables()).containsEntry("POSTGRES_HOST", "/private/1");
        assertThat(result.rewritten()).containsExactly("POSTGRES_HOST");
    }

    @Test
    void aSocketsFolderInAConnectionStringIsReplaced() {
        RewrittenEnvironment result = rewrite(
                Map.of("A", "host=/run/pg port=5433 dbname=orders", "B", "Host=/run/pg2;Username=web;Database=o"));

        assertThat(result.variables())
                .containsEntry("A", "host=/private/1 port=5433 sslmode=disable dbname=orders")
                .containsEntry("B", "Host=/private/2;port=5432;SSL Mode=Disable;Username=web;Database=o");
    }

    @Test
    void aServiceByASocketStaysOne() throws Exception {
        Path services = folder.resolve("services");
        Files.writeString(services, "[orders]\nhost=/run/pg\ndbname=o\n");

        RewrittenEnvironment result = rewrite(Map.of("PGSERVICE", "orders", "PGSERVICEFILE", services.toString()));

        assertThat(Path.of(result.variables().getOrDefault("PGSERVICEFILE", "")))
                .hasContent("[orders]\nhost=/private/1\nport=5432\nsslmode=disable\ndbname=o\n");
    }

    @Test
    void passwordsForASocketAreRepeatedForItsPrivateFolder() throws Exception {
        Path passwords = folder.resolve("pgpass");
        Files.writeString(passwords, "localhost:5432:*:web:one\n/run/other:5432:*:web:two\n");

        RewrittenEnvironment result =
                rewrite(Map.of("PGPASSFILE", passwords.toString(), "PGHOST", "/run/pg", "PGUSER", "web"));

        assertThat(Path.of(result.variables().getOrDefault("PGPASSFILE", "")))
                .hasContent("/private/1:5432:*:web:one\n" + Files.readString(passwords));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "python3.12 manage.py|/private/1|.s.PGSQL.5432",
                "bundle exec puma|/private/1|.s.PGSQL.5432",
                "sh -c 'DEBUG=1 exec psql orders'|/private/1|.s.PGSQL.5432",
                "node server.js||",
                "./orders||",
            })
    void whereNothingIsNamedLibpqsOwnSocketIsLedThroughTheProxyIfTheCommandTakesIt(
            String command, @Nullable String host, @Nullable String socket) throws Exception {
        Files.createFile(folder.resolve(".s.PGSQL.5432"));

        RewrittenEnvironment result = rewrite(Map.of("HOME", folder.toString()), command);

        assertThat(result.variables().get("PGHOST")).isEqualTo(host);
        assertThat(listeners.servers)
                .extracting(found -> found.address().toString())
                .containsExactlyElementsOf(
                        socket == null
                                ? List.of()
                                : List.of(folder.resolve(socket).toString()));
        assertThat(result.variables()).doesNotContainKey("PGPORT");
    }

    @ParameterizedTest
    @CsvSource({"python3 app.py, /private/1", "./orders, /private/1", "npm start, 127.0.0.1"})
    void whereOnlyTheUserIsNamedTheHostIsTheOneThatTheCommandsDriverTakes(String command, String host)
            throws Exception {
        Files.createFile(folder.resolve(".s.PGSQL.5432"));

        assertThat(rewrite(Map.of("PGUSER", "web"), command).variables()).containsEntry("PGHOST", host);
    }

    @Test
    void withoutASocketNothingIsMadeUp() {
        assertThat(rewrite(Map.of(), "python3 app.py").rewritten()).isEmpty();
    }

    @Test
    void pairsOfVariablesAreRewrittenWhereTheyArePostgres() {
        RewrittenEnvironment result = rewrite(Map.of(
                "DB_HOST", "db", "DB_PORT", "5432", "POSTGRES_HOST", "pg", "MYSQL_DB_HOST", "my", "REDIS_HOST", "r"));

        assertThat(result.variables())
                .containsEntry("DB_HOST", "127.0.0.1")
                .containsEntry("POSTGRES_HOST", "127.0.0.2")
                .containsEntry("MYSQL_DB_HOST", "my")
                .containsEntry("REDIS_HOST", "r");
        assertThat(result.rewritten()).containsExactlyInAnyOrder("DB_HOST", "DB_PORT", "POSTGRES_HOST");
        assertThat(result.variables().get("DB_PORT")).startsWith("600");
    }

    @Test
    void aPairOfAnotherKindOfDatabaseIsLeftAlone() {
        assertThat(rewrite(Map.of("DB_HOST", "db", "DB_PORT", "3306", "DB_CONNECTION", "mysql"))
                        .notes())
                .isEmpty();
        assertThat(rewrite(Map.of("DB_HOST", "db", "DB_CONNECTION", "pgsql")).rewritten())
                .containsExactly("DB_HOST");
    }

    @Test
    void aPairThatMayBePostgresIsSaid() {
        RewrittenEnvironment result = rewrite(Map.of("DB_HOST", "db"));

        assertThat(result.rewritten()).isEmpty();
        assertThat(result.notes()).singleElement().asString().contains("DB_HOST", "--db DB_HOST");
    }

    @Test
    void connectionStringsOfKeywordsAreRewritten() {
        RewrittenEnvironment result = rewrite(Map.of(
                "DSN",
                "host=db port=5433 user=web password='a b' dbname=orders sslmode=require",
                "ConnectionStrings__Default",
                "Host=db2;Port=5434;Database=orders;Username=web;Password=x;SSL Mode=Require"));

        assertThat(listeners.servers)
                .extracting(found -> found.address().toString())
                .containsExactlyInAnyOrder("db:5433", "db2:5434");
        assertThat(result.variables().get("DSN"))
                .matches("host=127.0.0.1 port=600\\d sslmode=disable user=web password='a b' dbname=orders");
        assertThat(result.variables().get("ConnectionStrings__Default"))
                .matches("Host=127.0.0.1;port=600\\d;SSL Mode=Disable;Database=orders;Username=web;Password=x;?");
    }

    @Test
    void databasesCanBeNamed() {
        Map<String, String> environment = Map.of("MY_DATABASE", "db:5433", "MY_HOST", "db2");

        RewrittenEnvironment result = new AddressRewriter(environment, listeners)
                .rewrite(
                        List.of(),
                        List.of(
                                "MY_DATABASE",
                                "MY_HOST",
                                "SPRING_DATASOURCE_URL=jdbc:postgresql://db3/o",
                                "postgres://db4/o"),
                        folder.resolve("p"));

        assertThat(result.variables())
                .containsEntry("MY_DATABASE", "127.0.0.1:6001")
                .containsEntry("MY_HOST", "127.0.0.2")
                .containsEntry("SPRING_DATASOURCE_URL", "jdbc:postgresql://127.0.0.1:6003/o?sslmode=disable")
                .containsEntry("DATABASE_URL", "postgres://127.0.0.1:6004/o?sslmode=disable");
    }

    @Test
    void aNamedVariableThatDoesNotExistIsAnError() {
        assertThatThrownBy(() -> new AddressRewriter(Map.of(), listeners)
                        .rewrite(List.of(), List.of("NOPE"), folder.resolve("p")))
                .isInstanceOf(UnusableAddressException.class)
                .hasMessageContaining("--db NOPE");
    }

    @ParameterizedTest
    @CsvSource({
        "postgres://web:secret@db:abc/o, port is not a number",
        "postgres://web:secret@db:70000/o, port is 70000",
        "postgres://web:secret@[::1/o, closing bracket",
        "postgres://web:secret@db/o?sslmode=maybe, sslmode=maybe",
        "postgres://web:secret@d%zz/o, percent-encoding",
    })
    void anUnusableUrlIsLeftToTheAppAndSaidWithoutItsSecrets(String url, String reason) {
        RewrittenEnvironment result = rewrite(Map.of("DATABASE_URL", url));

        assertThat(result.variables()).containsEntry("DATABASE_URL", url);
        assertThat(result.notes())
                .singleElement()
                .asString()
                .startsWith("DATABASE_URL is left as it is: ")
                .contains(reason)
                .doesNotContain("secret", "web");
    }

    @Test
    void nothingThatIsToldHoldsAValue() {
        RewrittenEnvironment result = rewrite(new HashMap<>(Map.of(
                "DATABASE_URL",
                "postgres://web:secret@db/o",
                "DB_HOST",
                "maybe",
                "PGPASSWORD",
                "hidden",
                "BAD",
                "postgres://web:secret@db:x/o")));

        assertThat(result.rewritten().toString() + result.notes()).doesNotContain("secret", "hidden", "maybe", "web");
    }

    private RewrittenEnvironment rewrite(Map<String, String> environment) {
        return new AddressRewriter(environment, listeners).rewrite(List.of(), List.of(), folder.resolve("private"));
    }

    /** With libpq's sockets in {@code folder}; a shell's command is in single quotes. */
    private RewrittenEnvironment rewrite(Map<String, String> environment, String command) {
        String[] parts = command.split(" '", -1);
        List<String> arguments = new ArrayList<>(List.of(parts[0].split(" ", -1)));
        if (parts.length > 1) {
            arguments.add(parts[1].replace("'", ""));
        }
        return new AddressRewriter(environment, listeners)
                .rewrite(
                        arguments,
                        List.of(),
                        folder.resolve("private"),
                        ClientDefaults.of(arguments, "", List.of(folder)));
    }
}
