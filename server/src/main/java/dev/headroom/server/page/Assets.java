package dev.headroom.server.page;

import com.sun.net.httpserver.HttpExchange;
import dev.headroom.core.HeadroomException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The page's own files, out of the jar. */
final class Assets {
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]+(?:/[a-z0-9-]+)?\\.(html|js|css|svg)");
    private static final Pattern INLINE = Pattern.compile("<script type=\"importmap\">(.*?)</script>", Pattern.DOTALL);
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml");

    private static final class Policy {
        /** Only our own modules, and the import map by its hash; nothing from elsewhere, no inline script or style. */
        static final String TEXT =
                "default-src 'none'; script-src 'self' 'sha256-" + hash(importMap(text("index.html")))
                        + "'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none';"
                        + " form-action 'none'; frame-ancestors 'none'";
    }

    static String contentSecurityPolicy() {
        return Policy.TEXT;
    }

    void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String name = path.equals("/") ? "index.html" : path.substring(1);
        Matcher matcher = NAME.matcher(name);
        byte[] content = matcher.matches() ? read(name) : null;
        if (content == null) {
            Answers.text(exchange, 404, "There is no such page.");
            return;
        }
        String type = TYPES.getOrDefault(matcher.group(1), "application/octet-stream");
        exchange.getResponseHeaders().set("Cache-Control", "no-cache");
        Answers.bytes(exchange, 200, type, content);
    }

    /** One of the page's files as text. */
    static String text(String name) {
        try {
            byte[] content = read(name);
            if (content == null) {
                throw new HeadroomException("The page's file " + name + " is missing from this build of Headroom.");
            }
            return new String(content, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new HeadroomException("The page's file " + name + " could not be read: " + e.getMessage(), e);
        }
    }

    /** The content of the page's import map. */
    static String importMap(String html) {
        Matcher matcher = INLINE.matcher(html);
        if (!matcher.find()) {
            throw new HeadroomException("The page has no import map in this build of Headroom.");
        }
        return matcher.group(1);
    }

    /** The hash by which a content security policy lets an inline script run. */
    static String hash(String script) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte @Nullable [] read(String name) throws IOException {
        try (InputStream in = Assets.class.getResourceAsStream("web/" + name)) {
            return in == null ? null : in.readAllBytes();
        }
    }
}
