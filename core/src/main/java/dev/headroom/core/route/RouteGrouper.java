package dev.headroom.core.route;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Groups paths into routes: segments that look like values become parameters ({@link SegmentPattern}), and where a
 * place in the path takes more than {@value #SIBLINGS} different names, further ones become <code>{slug}</code>. The
 * number of routes is bounded; beyond it all paths are {@link #OTHER}. Owned by one thread.
 */
public final class RouteGrouper {
    /** The route of whatever came after the bound on routes was reached. */
    public static final String OTHER = "(other)";

    private static final int SIBLINGS = 40;
    private static final int ROUTES = 2000;
    private static final int DEPTH = 12;

    private final Node root = new Node("");
    private int nodes;

    private static final class Node {
        private final String route;
        private final Map<String, Node> children = new HashMap<>(4);

        Node(String route) {
            this.route = route;
        }
    }

    /** The route of a request's target: {@code /orders/17?page=2} is of <code>/orders/{id}</code>. */
    public String route(String target) {
        int at = pathFrom(target);
        int end = pathEnd(target, at);
        if (at >= end || target.charAt(at) != '/') {
            return target.startsWith("*") ? "*" : "/";
        }
        Node node = root;
        for (int depth = 0; at < end; depth++) {
            int next = target.indexOf('/', at + 1);
            if (next < 0 || next > end) {
                next = end;
            }
            if (depth == DEPTH) {
                Node rest = child(node, "…", false);
                return rest == null ? OTHER : rest.route;
            }
            Node found = child(node, target.substring(at + 1, next), true);
            if (found == null) {
                return OTHER;
            }
            node = found;
            at = next;
        }
        return node.route;
    }

    private @Nullable Node child(Node parent, String segment, boolean mayGroup) {
        String name = mayGroup ? SegmentPattern.of(segment) : segment;
        Node known = parent.children.get(name);
        if (known != null) {
            return known;
        }
        if (mayGroup && name.equals(segment) && parent.children.size() >= SIBLINGS) {
            return child(parent, "{slug}", false);
        }
        if (nodes == ROUTES) {
            return null;
        }
        nodes++;
        Node created = new Node(parent.route + "/" + name);
        parent.children.put(name, created);
        return created;
    }

    /** Where the path begins: behind scheme and authority where the target is in absolute form. */
    private static int pathFrom(String target) {
        if (target.startsWith("/")) {
            return 0;
        }
        int scheme = target.indexOf("://");
        if (scheme < 0) {
            return 0;
        }
        int slash = target.indexOf('/', scheme + 3);
        return slash < 0 ? target.length() : slash;
    }

    private static int pathEnd(String target, int from) {
        for (int i = from; i < target.length(); i++) {
            char c = target.charAt(i);
            if (c == '?' || c == '#' || c == ';') {
                return i;
            }
        }
        return target.length();
    }
}
