package dev.headroom.proxy.postgres;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/** For pgjdbc's {@code socketFactory}: keeps what its last connection received, as it came, TLS records and all. */
public final class RecordedSockets extends SocketFactory {
    private static volatile ByteArrayOutputStream last = new ByteArrayOutputStream();

    /** What the last connection received until now. */
    static byte[] received() {
        return last.toByteArray();
    }

    @Override
    public Socket createSocket() {
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        last = received;
        return new Recorded(received);
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        throw new IOException("pgjdbc connects by itself");
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return createSocket(host, port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return createSocket(host.getHostName(), port);
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
            throws IOException {
        return createSocket(address, port);
    }

    private static final class Recorded extends Socket {
        private final ByteArrayOutputStream received;

        Recorded(ByteArrayOutputStream received) {
            this.received = received;
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return new FilterInputStream(super.getInputStream()) {
                @Override
                public int read() throws IOException {
                    int octet = super.read();
                    if (octet >= 0) {
                        received.write(octet);
                    }
                    return octet;
                }

                @Override
                public int read(byte[] bytes, int from, int length) throws IOException {
                    int count = super.read(bytes, from, length);
                    if (count > 0) {
                        received.write(bytes, from, count);
                    }
                    return count;
                }
            };
        }
    }
}
