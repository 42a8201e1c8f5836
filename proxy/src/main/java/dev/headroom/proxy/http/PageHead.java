package dev.headroom.proxy.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Writes the head that our own page gets: the target without the path that leads there, and the page's own address as
 * the host, since it answers to no other name. What the app's users have to do with the app alone stays away from it.
 */
final class PageHead {
    /** The length of the blank and the version at a request line's end. */
    private static final int VERSION = " HTTP/1.1".length();

    private PageHead() {}

    /**
     * Writes it.
     *
     * @param target what is asked of the page
     */
    static void write(HeadBytes out, MessageHead head, RequestHead request, String target, PagePath path) {
        String host =
                path.page().getAddress().getHostAddress() + ":" + path.page().getPort();
        int lineEnd = head.startLineEnd();
        out.clear();
        out.add(request.method());
        out.add(" ");
        out.add(target);
        out.add(head.bytes(), lineEnd - VERSION, lineEnd + 2);
        out.add("Host: " + host + "\r\n");
        for (int i = 0; i < head.fields(); i++) {
            if (head.nameIs(i, "origin")) {
                // who asks from the page itself names the address that is here what the page's own is there
                out.add(isOwnOrigin(head, i) ? "Origin: http://" + host + "\r\n" : "Origin: null\r\n");
            } else if (!head.nameIs(i, "host")
                    && !head.nameIs(i, "cookie")
                    && !head.nameIs(i, "authorization")
                    && !head.nameIs(i, "upgrade")) {
                out.add(head.bytes(), head.nameFrom(i), head.valueEnd(i));
                out.add("\r\n");
            }
        }
        out.add("\r\n");
    }

    private static boolean isOwnOrigin(MessageHead head, int field) {
        String origin = head.value(field);
        int from = origin.indexOf("://");
        for (int i = 0; i < head.fields() && from > 0; i++) {
            if (head.nameIs(i, "host")) {
                return head.value(i).equalsIgnoreCase(origin.substring(from + 3));
            }
        }
        return false;
    }

    /** The answer to who asks for the path without the slash that the page's own addresses build upon. */
    static ByteBuffer redirect(PagePath path) {
        String head = "HTTP/1.1 308 Permanent Redirect\r\nLocation: " + path.path() + "/\r\nContent-Length: 0\r\n"
                + "Cache-Control: no-store\r\nReferrer-Policy: no-referrer\r\nConnection: close\r\n\r\n";
        return ByteBuffer.wrap(head.getBytes(StandardCharsets.US_ASCII));
    }
}
