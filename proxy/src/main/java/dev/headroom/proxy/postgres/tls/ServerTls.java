package dev.headroom.proxy.postgres.tls;

import dev.headroom.core.HeadroomException;
import dev.headroom.proxy.postgres.upstream.SslMode;
import dev.headroom.proxy.postgres.upstream.Upstream;
import dev.headroom.proxy.postgres.upstream.UpstreamTls;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** How one upstream is spoken to with TLS: whom to trust, who we are. Read from its files once. */
public final class ServerTls {
    private static final char[] NO_PASSWORD = {};

    private final UpstreamTls settings;
    private final SSLContext context;
    private final boolean verifying;

    /**
     * Reads the files.
     *
     * @throws HeadroomException if one can't be used
     */
    ServerTls(UpstreamTls settings) {
        this.settings = settings;
        Path roots = settings.rootCertificates();
        Path byDefault = Path.of(System.getProperty("user.home"), ".postgresql", "root.crt");
        if (roots == null && Files.exists(byDefault)) {
            roots = byDefault;
        }
        // a root certificate makes libpq's "require" check the server's too ("SSL Client Certificates")
        verifying = settings.mode().compareTo(SslMode.VERIFY_CA) >= 0
                || (settings.mode() == SslMode.REQUIRE && roots != null);
        try {
            context = SSLContext.getInstance("TLS");
            context.init(keys(settings), verifying ? trust(roots) : new TrustManager[] {new TrustAll()}, null);
        } catch (GeneralSecurityException | IOException e) {
            throw new HeadroomException("TLS to the PostgreSQL server can't be set up: " + e.getMessage(), e);
        }
    }

    /** What the app's address asked for. */
    public UpstreamTls settings() {
        return settings;
    }

    /** An engine for one connection to {@code host}. */
    public SSLEngine engine(Upstream.Host host) {
        SSLEngine engine = context.createSSLEngine(host.name(), host.port());
        engine.setUseClientMode(true);
        engine.setSSLParameters(configured(engine.getSSLParameters()));
        return engine;
    }

    /** A blocking connection over {@code plain}, which it closes with itself. */
    public SSLSocket socket(Socket plain, Upstream.Host host) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, host.name(), host.port(), true);
        socket.setSSLParameters(configured(socket.getSSLParameters()));
        return socket;
    }

    private SSLParameters configured(SSLParameters parameters) {
        if (settings.mode() == SslMode.VERIFY_FULL) {
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
        }
        // asked for by servers that take TLS at once ("SSL Session Encryption")
        parameters.setApplicationProtocols(new String[] {AppTls.ALPN});
        return parameters;
    }

    /** What to say where TLS failed for that reason. */
    public String hint(Throwable cause) {
        // an alert is what the other side says; ours come as other exceptions (RFC 8446, section 6)
        if (String.valueOf(cause.getMessage()).contains("Received fatal alert")) {
            return "; the server refused the TLS connection: check the certificate in sslcert";
        }
        // in TLS 1.2 its alert may be lost: it closes while we still write (RFC 5246, section 7.3)
        boolean brokenOff = cause instanceof IOException && !(cause instanceof SSLException);
        if (brokenOff && settings.certificate() != null) {
            return "; the server broke the TLS handshake off, as it does where it does not accept the certificate in"
                    + " sslcert";
        }
        return verifying
                ? "; its certificate must be signed by an authority in sslrootcert"
                        + (settings.mode() == SslMode.VERIFY_FULL ? " and name the host" : "")
                : "";
    }

    private static KeyManager @Nullable [] keys(UpstreamTls settings) throws GeneralSecurityException, IOException {
        Path certificate = settings.certificate();
        Path key = settings.key();
        if (certificate == null) {
            return null;
        }
        if (key == null) {
            throw new HeadroomException("the certificate " + certificate + " has no key; name its file with sslkey");
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        Certificate[] chain = CertificateFile.read(certificate).toArray(new Certificate[0]);
        store.setKeyEntry("client", PrivateKeyFile.read(key, chain[0].getPublicKey()), NO_PASSWORD, chain);
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, NO_PASSWORD);
        return keys.getKeyManagers();
    }

    private static TrustManager[] trust(@Nullable Path roots) throws GeneralSecurityException, IOException {
        KeyStore store = null;
        if (roots != null) {
            store = KeyStore.getInstance("PKCS12");
            store.load(null, NO_PASSWORD);
            int count = 0;
            for (Certificate root : CertificateFile.read(roots)) {
                store.setCertificateEntry("root" + count++, root);
            }
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        return trust.getTrustManagers();
    }

    /** What sslmode=require without a root certificate means: encrypted, unverified. */
    private static final class TrustAll extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
