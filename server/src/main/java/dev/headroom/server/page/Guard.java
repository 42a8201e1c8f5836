package dev.headroom.server.page;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Lets in only who may look: on loopback whoever asks for a loopback name (so that no other site can be pointed here by
 * its own DNS), beyond it whoever has the token. Sets the headers that keep a browser from running or framing anything.
 */
final class Guard {
    private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Pattern TOKEN = Pattern.compile("(?:^|[&; ])(?:headroom-)?token=([0-9a-f]{32})(?:$|[&;])");

    private final @Nullable String token;

    private Guard(@Nullable String token) {
        this.token = token;
    }

    static Guard loopback() {
        return new Guard(null);
    }

    static Guard withToken(String token) {
        return new Guard(token);
    }

    void handle(HttpExchange exchange, HttpHandler handler) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Security-Policy", Assets.contentSecurityPolicy());
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.set("Cross-Origin-Opener-Policy", "same-origin");
        headers.set("Cache-Control", "no-store");
        try {
            String method = exchange.getRequestMethod();
            if (!method.equals("GET") && !method.equals("HEAD") && !mayPost(exchange, method)) {
                Answers.text(exchange, 405, "The page only answers GET.");
            } else if (token == null ? !asksForLoopback(exchange) : !hasToken(exchange, token)) {
                Answers.text(
                        exchange,
                        403,
                        token == null
                                ? "Open the page by its own address, http://127.0.0.1 with its port."
                                : "Open the page by the address that was printed, which ends in its token.");
            } else if (comesFromAnotherSite(exchange)) {
                Answers.text(exchange, 403, "Another site asked for this.");
            } else {
                handler.handle(exchange);
            }
        } catch (RuntimeException e) {
            Answers.failure(exchange, e);
        }
    }

    /** Only these make anything work; they have conditions of their own. */
    private static boolean mayPost(HttpExchange exchange, String method) {
        String path = exchange.getRequestURI().getPath();
        return method.equals("POST") && (path.equals("/api/plan") || path.equals("/api/analyze"));
    }

    private static boolean asksForLoopback(HttpExchange exchange) {
        String host = exchange.getRequestHeaders().getFirst("Host");
        if (host == null) {
            return false;
        }
        String name = host.replaceFirst(":\\d{1,5}$", "").toLowerCase(Locale.ROOT);
        return LOOPBACK_NAMES.contains(name);
    }

    private static boolean comesFromAnotherSite(HttpExchange exchange) {
        Headers headers = exchange.getRequestHeaders();
        String site = headers.getFirst("Sec-Fetch-Site");
        // Following a link to the page is fine; reading its answers from elsewhere is not.
        return site != null
                && (site.equals("cross-site") || site.equals("same-site"))
                && exchange.getRequestURI().getPath().startsWith("/api/");
    }

    private static boolean hasToken(HttpExchange exchange, String token) {
        String query = exchange.getRequestURI().getRawQuery();
        if (matches(query, token)) {
            exchange.getResponseHeaders()
                    .add("Set-Cookie", "headroom-token=" + token + "; Path=/; HttpOnly; SameSite=Strict");
            return true;
        }
        return matches(exchange.getRequestHeaders().getFirst("Cookie"), token);
    }

    private static boolean matches(@Nullable String text, String token) {
        if (text == null) {
            return false;
        }
        Matcher found = TOKEN.matcher(text);
        return found.find()
                && MessageDigest.isEqual(
                        found.group(1).getBytes(StandardCharsets.US_ASCII), token.getBytes(StandardCharsets.US_ASCII));
    }
}
