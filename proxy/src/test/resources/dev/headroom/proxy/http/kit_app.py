"""The compatibility kit's app for WSGI servers: the same paths as kit_app.js and KitServlet."""

import gzip

LARGE = bytes(ord("a") + i % 26 for i in range(1_000_000))
PLAIN = [("Content-Type", "text/plain")]


def application(environ, start_response):
    path = environ["PATH_INFO"]

    def answer(status, headers, body):
        start_response(status, headers + [("Content-Length", str(len(body)))])
        return [b"" if environ["REQUEST_METHOD"] == "HEAD" else body]

    if path == "/small":
        return answer("200 OK", PLAIN + [("ETag", '"1"')], b"hello")
    if path == "/large":
        return answer("200 OK", PLAIN, LARGE)
    if path == "/chunked":
        start_response("200 OK", PLAIN)
        return (LARGE[i : i + 9973] for i in range(0, len(LARGE), 9973))
    if path == "/echo":
        body = environ["wsgi.input"].read()
        return answer("200 OK", PLAIN, f"{len(body)} ".encode() + body)
    if path == "/empty":
        start_response("204 No Content", [])
        return []
    if path == "/missing":
        return answer("404 Not Found", PLAIN, b"not here")
    if path == "/broken":
        return answer("500 Internal Server Error", PLAIN, b"broken")
    if path == "/moved":
        return answer("302 Found", [("Location", "/small")], b"")
    if path == "/cookies":
        return answer("200 OK", PLAIN + [("Set-Cookie", "a=1; Path=/"), ("Set-Cookie", "b=2")], b"")
    if path == "/gzip":
        body = gzip.compress(b"compressed " * 1000, mtime=0)
        return answer("200 OK", PLAIN + [("Content-Encoding", "gzip"), ("Vary", "Accept-Encoding")], body)
    if path == "/range":
        first, last = (int(n) for n in environ["HTTP_RANGE"].split("=")[1].split("-"))
        part = ("Content-Range", f"bytes {first}-{last}/{len(LARGE)}")
        return answer("206 Partial Content", PLAIN + [part], LARGE[first : last + 1])
    if path == "/events":
        start_response("200 OK", [("Content-Type", "text/event-stream")])
        return (f"id: {i}\ndata: event {i}\n\n".encode() for i in range(3))
    seen = "|".join(
        [environ["REQUEST_METHOD"], path, environ["QUERY_STRING"], environ.get("HTTP_X_TEST", "-")]
    )
    return answer("200 OK", PLAIN, seen.encode("utf-8", "surrogateescape"))
