package dev.headroom.proxy.http;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A path on the app's port that leads to Headroom's own page instead of to the app: the way in where a platform gives
 * out one port only. Who knows the path may look, so it ends in a token.
 *
 * @param path e.g. {@code /-/headroom-0123456789abcdef0123456789abcdef}, without a slash at its end
 * @param page where the page is served
 */
public record PagePath(String path, InetSocketAddress page) {
    private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9._~-]+)+");

    public PagePath {
        if (!PATH.matcher(path).matches()) {
            throw new IllegalArgumentException(
                    "a path of letters, digits and -._~ between slashes, without one at its end: " + path);
        }
    }

    /**
     * What {@code target} asks for below the path, from the slash on; null where it leads elsewhere, and empty where it
     * is the path itself.
     */
    @Nullable
    String below(String target) {
        int from = pathFrom(target);
        int end = from + path.length();
        if (from < 0 || target.length() < end) {
            return null;
        }
        if (target.length() > end && target.charAt(end) != '/' && target.charAt(end) != '?') {
            return null;
        }
        // in a time that tells nothing of how much of the token was right
        boolean same = MessageDigest.isEqual(bytes(path), bytes(target.substring(from, end)));
        return same ? target.substring(end) : null;
    }

    /** Where the path begins; -1 where there is none. A target may hold scheme and host, too (RFC 9112, 3.2.2). */
    private static int pathFrom(String target) {
        if (target.startsWith("/")) {
            return 0;
        }
        int scheme = target.indexOf("://");
        return scheme < 0 ? -1 : target.indexOf('/', scheme + 3);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
