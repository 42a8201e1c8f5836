package dev.headroom.proxy.postgres.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * TLS towards apps that insist on it, with a certificate that is made when the first one does. Any thread may ask;
 * making the certificate takes some milliseconds.
 */
public final class AppTls {
    /** The protocol's name in TLS, which direct TLS demands (ALPN, RFC 7301). */
    public static final String ALPN = "postgresql";

    private static final char[] NO_PASSWORD = {};

    private @Nullable SSLContext context;

    /** An engine for one connection. */
    public synchronized SSLEngine engine() throws IOException {
        SSLContext made = context;
        if (made == null) {
            made = make();
            context = made;
        }
        SSLEngine engine = made.createSSLEngine();
        engine.setUseClientMode(false);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {ALPN});
        engine.setSSLParameters(parameters);
        return engine;
    }

    private static SSLContext make() throws IOException {
        try {
            SelfSigned own = SelfSigned.make();
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, NO_PASSWORD);
            store.setKeyEntry("proxy", own.key(), NO_PASSWORD, new Certificate[] {own.certificate()});
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, NO_PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("no certificate could be made for TLS towards the app", e);
        }
    }
}
