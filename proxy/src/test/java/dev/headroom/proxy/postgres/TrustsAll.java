package dev.headroom.proxy.postgres;

import java.security.cert.X509Certificate;
import javax.net.ssl.X509TrustManager;

/** Believes every certificate, as sslmode=require does. */
final class TrustsAll implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authority) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authority) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
