package dev.headroom.proxy.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.headroom.proxy.postgres.upstream.Upstream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;
import org.postgresql.replication.LogSequenceNumber;
import org.postgresql.replication.PGReplicationStream;

/** Connections that carry the write-ahead log: passed on, not read, and said to be so. */
@Timeout(60)
class ReplicationTest {
    private static final int BYTES = 400_000;

    @Test
    void theWriteAheadLogIsTheSameThroughTheProxy() throws Exception {
        int direct = LoggingServer.shared().port();
        LogSequenceNumber start = position(direct);
        try (Connection connection = DriverManager.getConnection(ProxiedServer.url(direct, ""));
                Statement statement = connection.createStatement()) {
            statement.execute("create table replicated as select i, md5(i::text) from generate_series(1, 20000) i");
            statement.execute("drop table replicated");
        }
        try (ProxiedServer server = ProxiedServer.ofShared()) {
            byte[] through = log(server.port, start);
            assertThat(through).hasSize(BYTES).isEqualTo(log(direct, start));
            assertThat(server.sink.meter().counters().uninterpretedConnections())
                    .isEqualTo(1);
            assertThat(server.sink.queries()).isEmpty();
            assertThat(server.failures()).isZero();
        }
    }

    /** Longer than a program is waited for, so that it is killed and what it said so far is told. */
    @Test
    @Timeout(180)
    void aBaseBackupIsWhole(@TempDir Path folder) throws Exception {
        try (InstalledServer installed = InstalledServer.start();
                ProxiedServer server = ProxiedServer.ofShared()) {
            if (installed == null) {
                abort("no PostgreSQL server is installed; Debian's package is postgresql");
            }
            int port = server.listen(Upstream.plain("127.0.0.1", installed.port));
            String backup = folder.resolve("backup").toString();
            String address = "host=127.0.0.1 user=postgres port=" + port;
            // not synced: how long the machine's disk takes for that is nothing of ours
            Command.run(List.of("pg_basebackup", "-v", "-d", address, "-c", "fast", "--no-sync", "-D", backup));
            assertThat(Command.run(List.of(installed.program("pg_verifybackup"), backup)))
                    .contains("successfully verified");
            assertThat(server.sink.meter().counters().uninterpretedConnections())
                    .as("the files and the write-ahead log beside them")
                    .isEqualTo(2);
            assertThat(server.failures()).isZero();
        }
    }

    private static LogSequenceNumber position(int port) throws SQLException {
        try (Connection connection = DriverManager.getConnection(ProxiedServer.url(port, ""));
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select pg_current_wal_flush_lsn()::text")) {
            assertThat(row.next()).isTrue();
            return LogSequenceNumber.valueOf(row.getString(1));
        }
    }

    private static byte[] log(int port, LogSequenceNumber start) throws SQLException {
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        try (Connection connection = DriverManager.getConnection(
                        ProxiedServer.url(port, "replication=true&preferQueryMode=simple&assumeMinServerVersion=9.4"));
                PGReplicationStream stream = connection
                        .unwrap(PGConnection.class)
                        .getReplicationAPI()
                        .replicationStream()
                        .physical()
                        .withStartPosition(start)
                        .start()) {
            while (log.size() < BYTES) {
                ByteBuffer next = Objects.requireNonNull(stream.read());
                byte[] bytes = new byte[Math.min(next.remaining(), BYTES - log.size())];
                next.get(bytes);
                log.writeBytes(bytes);
            }
        }
        return log.toByteArray();
    }
}
