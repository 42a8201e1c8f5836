package dev.headroom.proxy.http;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;

/** The compatibility kit's app for servlet containers: the same paths as kit_app.py and kit_app.js. */
final class KitServlet extends HttpServlet {
    private static final long serialVersionUID = 1;
    private static final byte[] LARGE = new byte[1_000_000];

    static {
        for (int i = 0; i < LARGE.length; i++) {
            LARGE[i] = (byte) ('a' + i % 26);
        }
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain");
        switch (request.getRequestURI()) {
            case "/small" -> {
                response.setHeader("ETag", "\"1\"");
                answer(response, 200, "hello");
            }
            case "/large" -> answer(response, 200, LARGE);
            case "/chunked" -> {
                for (int i = 0; i < LARGE.length; i += 9973) {
                    response.getOutputStream().write(LARGE, i, Math.min(9973, LARGE.length - i));
                    response.flushBuffer();
                }
            }
            case "/echo" -> {
                byte[] body = request.getInputStream().readAllBytes();
                byte[] size = (body.length + " ").getBytes(StandardCharsets.US_ASCII);
                byte[] echo = Arrays.copyOf(size, size.length + body.length);
                System.arraycopy(body, 0, echo, size.length, body.length);
                answer(response, 200, echo);
            }
            case "/empty" -> response.setStatus(204);
            case "/missing" -> answer(response, 404, "not here");
            case "/broken" -> answer(response, 500, "broken");
            case "/moved" -> {
                response.setHeader("Location", "/small");
                answer(response, 302, "");
            }
            case "/cookies" -> {
                response.addHeader("Set-Cookie", "a=1; Path=/");
                response.addHeader("Set-Cookie", "b=2");
                answer(response, 200, "");
            }
            case "/gzip" -> {
                response.setHeader("Content-Encoding", "gzip");
                ByteArrayOutputStream body = new ByteArrayOutputStream();
                try (GZIPOutputStream gzip = new GZIPOutputStream(body)) {
                    gzip.write("compressed ".repeat(1000).getBytes(StandardCharsets.US_ASCII));
                }
                answer(response, 200, body.toByteArray());
            }
            case "/range" -> {
                String range = Objects.requireNonNull(request.getHeader("Range"));
                int first = Integer.parseInt(range.substring(range.indexOf('=') + 1, range.indexOf('-')));
                int last = Integer.parseInt(range.substring(range.indexOf('-') + 1));
                response.setHeader("Content-Range", "bytes " + first + "-" + last + "/" + LARGE.length);
                answer(response, 206, Arrays.copyOfRange(LARGE, first, last + 1));
            }
            case "/events" -> {
                response.setContentType("text/event-stream");
                for (int i = 0; i < 3; i++) {
                    String event = "id: " + i + "\ndata: event " + i + "\n\n";
                    response.getOutputStream().write(event.getBytes(StandardCharsets.US_ASCII));
                    response.flushBuffer();
                }
            }
            default ->
                answer(
                        response,
                        200,
                        request.getMethod() + "|" + request.getRequestURI() + "|" + request.getQueryString() + "|"
                                + request.getHeader("X-Test"));
        }
    }

    private static void answer(HttpServletResponse response, int status, String body) throws IOException {
        answer(response, status, body.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void answer(HttpServletResponse response, int status, byte[] body) throws IOException {
        response.setStatus(status);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
