package dev.headroom.proxy.postgres.tls;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/**
 * A certificate for {@code localhost} that is made in memory, for apps that insist on TLS towards the proxy on their own
 * machine (RFC 5280, section 4.1).
 */
public record SelfSigned(X509Certificate certificate, PrivateKey key) {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final byte[] ECDSA_WITH_SHA256 =
            Der.sequence(Der.oid(0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x02));
    private static final byte[] NAME =
            Der.sequence(Der.tagged(Der.SET, Der.sequence(Der.oid(0x55, 0x04, 0x03), Der.utf8("headroom"))));
    private static final int DNS_NAME = 0x82;
    private static final int IP_ADDRESS = 0x87;

    /** Makes a key and a certificate for it, valid for ten years. */
    public static SelfSigned make() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair pair = generator.generateKeyPair();
        Instant now = Instant.now();
        byte[] facts = Der.sequence(
                Der.tagged(0xA0, Der.integer(BigInteger.TWO)),
                Der.integer(new BigInteger(62, new SecureRandom()).add(BigInteger.ONE)),
                ECDSA_WITH_SHA256,
                NAME,
                Der.sequence(
                        Der.generalizedTime(TIME.format(now.minus(1, ChronoUnit.DAYS))),
                        Der.generalizedTime(TIME.format(now.plus(3_650, ChronoUnit.DAYS)))),
                NAME,
                pair.getPublic().getEncoded(),
                Der.tagged(0xA3, Der.sequence(alternativeNames())));
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(pair.getPrivate());
        signature.update(facts);
        byte[] encoded = Der.sequence(facts, ECDSA_WITH_SHA256, Der.bits(signature.sign()));
        X509Certificate certificate = (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded));
        return new SelfSigned(certificate, pair.getPrivate());
    }

    private static byte[] alternativeNames() {
        byte[] names = Der.sequence(
                Der.tagged(DNS_NAME, "localhost".getBytes(StandardCharsets.US_ASCII)),
                Der.tagged(IP_ADDRESS, new byte[] {127, 0, 0, 1}));
        return Der.sequence(Der.oid(0x55, 0x1D, 0x11), Der.tagged(Der.OCTETS, names));
    }
}
