package dev.headroom.core.check;

import dev.headroom.core.trace.CallSite;
import dev.headroom.core.trace.QueryShape;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes findings' ids: ten hexadecimal digits of a SHA-256 of check, operation, shapes, and the call site's file,
 * function and relation. Line numbers are not part of it, so that an id survives an edit above it.
 */
final class FindingId {
    private FindingId() {}

    static String of(String check, String operation, List<QueryShape> shapes, @Nullable CallSite site) {
        StringBuilder key = new StringBuilder(check).append('\n').append(operation);
        for (QueryShape shape : shapes) {
            key.append('\n').append(Long.toHexString(shape.id()));
        }
        if (site != null) {
            key.append('\n').append(site.file()).append('\n').append(site.function());
            if (site.relation() != null) {
                key.append('\n').append(site.relation());
            }
        }
        return of(key.toString());
    }

    static String of(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 5);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
