package dev.headroom.proxy.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.proxy.postgres.tls.SelfSigned;
import dev.headroom.proxy.postgres.upstream.SslMode;
import dev.headroom.proxy.postgres.upstream.Upstream;
import dev.headroom.proxy.postgres.upstream.UpstreamTls;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that says more, in TLS, than the proxy passes on at a stretch, and then goes. */
@Timeout(60)
class DeferredRelayTest {
    /** More than the proxy reads in one turn (8 records), less than in two, and than the system's buffers hold. */
    private static final int LAST_WORDS = 200_000;

    @Test
    void aSessionEndsThoughItsLastBytesWerePassedOnLater() throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                ProxiedServer server = new ProxiedServer(new Upstream(
                        new Upstream.Host("127.0.0.1", listener.getLocalPort()),
                        UpstreamTls.of(SslMode.REQUIRE),
                        null,
                        null));
                RawApp app = new RawApp(server.port)) {
            FutureTask<Integer> serving = new FutureTask<>(() -> serve(listener, server));
            new Thread(serving, "tls-server").start();
            // as if very many slow readers had left it little memory: it reads a record at a time
            server.firstLoop().execute(() -> server.firstLoop().buffers().takeSmall(33 << 20));
            app.start();
            app.query("all you have");
            byte[] read = app.in.readAllBytes();
            assertThat(read.length).isEqualTo(LAST_WORDS);
            assertThat(serving.get()).isEqualTo(LAST_WORDS);
            // the app has not closed its side
            server.sink.awaitClosed(1);
        }
    }

    @Test
    void underMemoryPressureWhatComesByTlsArrivesWhole() throws Exception {
        int rows = 3_000;
        int length = 1_500;
        try (ProxiedServer server = new ProxiedServer(ProxiedServer.shared(UpstreamTls.of(SslMode.REQUIRE)))) {
            server.firstLoop().execute(() -> server.firstLoop().buffers().takeSmall(33 << 20));
            String query = "select repeat(chr(65 + n % 26), " + length + ") from generate_series(1, " + rows + ") n";
            try (RawApp slow = new RawApp(server.port).start();
                    Connection app = server.connect("");
                    Statement statement = app.createStatement()) {
                // this one's bytes wait while the other's pass
                slow.query(query);
                int count = 0;
                try (ResultSet result = statement.executeQuery(query)) {
                    while (result.next()) {
                        count++;
                        assertThat(result.getString(1)).isEqualTo(("" + (char) ('A' + count % 26)).repeat(length));
                    }
                }
                assertThat(count).isEqualTo(rows);

                slow.readUntil('C');
                slow.readUntil('Z');
            }
            assertThat(server.failures()).isZero();
        }
    }

    private static int serve(ServerSocket listener, ProxiedServer server)
            throws IOException, GeneralSecurityException, InterruptedException {
        try (Socket plain = listener.accept()) {
            plain.setSendBufferSize(400_000);
            plain.getInputStream().readNBytes(8);
            plain.getOutputStream().write('S');
            SSLSocket secured = (SSLSocket) context().getSocketFactory().createSocket(plain, null, 0, true);
            secured.setUseClientMode(false);
            byte[] length = secured.getInputStream().readNBytes(4);
            secured.getInputStream().readNBytes(length[3] - 4);
            secured.getOutputStream().write(new byte[] {'R', 0, 0, 0, 8, 0, 0, 0, 0, 'Z', 0, 0, 0, 5, 'I'});
            byte[] query = new byte[1 + 4 + "all you have".length() + 1];
            for (int got = 0; got < query.length; ) {
                got += secured.getInputStream().read(query, got, query.length - got);
            }
            CountDownLatch said = new CountDownLatch(1);
            server.firstLoop().execute(() -> awaitUninterruptibly(said));
            secured.getOutputStream().write(notices());
            secured.close();
            said.countDown();
            return LAST_WORDS;
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static byte[] notices() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        for (int i = 0; i < LAST_WORDS / 1_000; i++) {
            out.writeByte('N');
            out.writeInt(999);
            out.write(new byte[995]);
        }
        return bytes.toByteArray();
    }

    private static SSLContext context() throws GeneralSecurityException, IOException {
        SelfSigned own = SelfSigned.make();
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("server", own.key(), new char[0], new Certificate[] {own.certificate()});
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }
}
