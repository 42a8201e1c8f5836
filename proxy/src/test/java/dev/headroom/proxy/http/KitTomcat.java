package dev.headroom.proxy.http;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.Globals;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;

/** Tomcat with the compatibility kit's app. */
final class KitTomcat implements Closeable {
    /** Tomcat's own account of its doings, kept here because the log manager forgets loggers that nobody holds. */
    private static final Logger LOGGER = Logger.getLogger("org.apache");

    private final Tomcat tomcat = new Tomcat();
    private final Path folder = Files.createTempDirectory("kit-tomcat");

    KitTomcat() throws Exception {
        LOGGER.setLevel(Level.SEVERE);
        tomcat.setBaseDir(folder.toString());
        tomcat.setHostname("127.0.0.1");
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        tomcat.getConnector().setProperty("relaxedPathChars", "[]|");
        tomcat.getConnector().setProperty("relaxedQueryChars", "[]|");
        Context context = tomcat.addContext("", new File(".").getAbsolutePath());
        Wrapper kit = Tomcat.addServlet(context, "kit", new KitServlet());
        kit.addMapping("/*");
        tomcat.start();
    }

    InetSocketAddress address() {
        return new InetSocketAddress(
                InetAddress.getLoopbackAddress(), tomcat.getConnector().getLocalPort());
    }

    @Override
    public void close() throws IOException {
        try {
            tomcat.stop();
            tomcat.destroy();
        } catch (LifecycleException e) {
            throw new IOException(e);
        }
        // else the next Tomcat of this JVM makes this one's folder again and leaves it
        System.clearProperty(Globals.CATALINA_HOME_PROP);
        System.clearProperty(Globals.CATALINA_BASE_PROP);
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        }
    }
}
