package dev.headroom.proxy.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A plain response of our own, where the app gave none. Always the connection's last. */
final class ErrorPage {
    private ErrorPage() {}

    /**
     * The whole response.
     *
     * @param body whether the text may follow the head (not to HEAD)
     */
    static ByteBuffer of(int status, String text, boolean body) {
        byte[] content = ("Headroom: " + text + "\n").getBytes(StandardCharsets.UTF_8);
        String head = "HTTP/1.1 " + status + " " + reason(status) + "\r\nContent-Type: text/plain; charset=utf-8\r\n"
                + "Content-Length: " + content.length + "\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n";
        ByteBuffer page = ByteBuffer.allocate(head.length() + content.length);
        page.put(head.getBytes(StandardCharsets.ISO_8859_1));
        if (body) {
            page.put(content);
        }
        return page.flip();
    }

    private static String reason(int status) {
        return switch (status) {
            case 400 -> "Bad Request";
            case 405 -> "Method Not Allowed";
            case 408 -> "Request Timeout";
            case 431 -> "Request Header Fields Too Large";
            case 501 -> "Not Implemented";
            case 502 -> "Bad Gateway";
            case 503 -> "Service Unavailable";
            case 505 -> "HTTP Version Not Supported";
            default -> "Error";
        };
    }
}
