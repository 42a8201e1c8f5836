package dev.headroom.cli.demo;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;

/** The Java that runs this program, and this program's own jar, for starting both again. */
final class JavaProgram {
    private static final String MAIN = "dev.headroom.cli.Main";

    private JavaProgram() {}

    /** The path of the {@code java} that this program runs on. */
    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** The jar (or, from a build, the folder) that Headroom's own classes come from. */
    static Path ownClasses() {
        try {
            return Path.of(JavaProgram.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("Headroom's own jar has no usable location", e);
        }
    }

    /** The command line of a {@code headroom} as small as the launcher's. */
    static List<String> headroom() {
        Path own = ownClasses();
        // from a build's folder of classes the jars that they need come from our own class path
        String classes = own.toString().endsWith(".jar") ? own.toString() : System.getProperty("java.class.path");
        return List.of(java(), "-XX:+UseSerialGC", "-Xmx64m", "-Xss256k", "-cp", classes, MAIN);
    }
}
