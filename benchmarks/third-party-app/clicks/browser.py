"""A browser without a window: keeps cookies, and every response, and what PostgreSQL's log grew by meanwhile."""

import html
import http.client
import http.cookies
import json
import os
import re
import time
import urllib.parse
import uuid


class Browser:
    """One connection to `base`; each answer goes to `folder` as a line of responses.jsonl."""

    def __init__(self, base, folder, log):
        self.host = urllib.parse.urlsplit(base).netloc
        self.connection = http.client.HTTPConnection(self.host, timeout=120)
        self.cookies = {}
        self.log = log
        self.default_headers = {"Accept": "text/html,*/*", "Accept-Encoding": "identity"}
        os.makedirs(folder, exist_ok=True)
        self.kept = open(os.path.join(folder, "responses.jsonl"), "w", encoding="utf-8")

    def request(self, method, target, body=None, headers=None, follow=True):
        """Asks once, follows redirects within the site, and returns (status, headers, text)."""
        headers = {**self.default_headers, **(headers or {})}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        start = os.path.getsize(self.log)
        self.connection.request(method, target, body=body, headers=headers)
        response = self.connection.getresponse()
        content = response.read()
        for line in response.headers.get_all("Set-Cookie") or []:
            for name, morsel in http.cookies.SimpleCookie(line).items():
                self.cookies[name] = morsel.value
                if morsel["max-age"] == "0":
                    del self.cookies[name]
        text = content.decode("utf-8", "replace")
        end = os.path.getsize(self.log)
        entry = {"method": method, "target": target, "status": response.status, "headers": response.getheaders()}
        self.kept.write(json.dumps({**entry, "body": text, "log": [start, end]}) + "\n")
        self.kept.flush()
        location = response.headers.get("Location")
        if follow and location and response.status in (301, 302, 303, 307, 308):
            split = urllib.parse.urlsplit(urllib.parse.urljoin(f"http://{self.host}{target}", location))
            if split.netloc == self.host:
                return self.request("GET", split.path + (f"?{split.query}" if split.query else ""))
        return response.status, dict(response.getheaders()), text

    def get(self, target, **headers):
        return self.request("GET", target, headers=headers)

    def form(self, target, fields, **headers):
        """Posts fields as a page's form does."""
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        return self.request("POST", target, urllib.parse.urlencode(fields), headers)

    def json(self, method, target, value, **headers):
        headers["Content-Type"] = "application/json"
        return self.request(method, target, json.dumps(value), headers)

    def upload(self, target, fields, field, name, content, kind, **headers):
        """Posts a file with its form, as multipart/form-data."""
        mark = uuid.uuid4().hex
        parts = [f'--{mark}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n' for key, value in fields]
        head = f'--{mark}\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\nContent-Type: {kind}\r\n\r\n'
        body = "".join(parts).encode() + head.encode() + content + f"\r\n--{mark}--\r\n".encode()
        headers["Content-Type"] = f"multipart/form-data; boundary={mark}"
        return self.request("POST", target, body, headers)


def hidden(page, name):
    """The value of a hidden field of a page's form."""
    for tag in re.findall(r"<input[^>]*>", page):
        if re.search(rf"""name=["']?{re.escape(name)}["' ]""", tag):
            return html.unescape(re.search(r"""value=["']([^"']*)["']""", tag).group(1))
    raise LookupError(f"no field {name} in the page")


def assets(page, most=6):
    """The local scripts, style sheets and pictures that a page names."""
    found = re.findall(r"""(?:src|href)=["'](/[^"']+\.(?:js|css|png|svg|ico)[^"']*)["']""", page)
    return list(dict.fromkeys(each.replace("&amp;", "&") for each in found))[:most]


def wait_for(base, path, seconds=60):
    """Asks until the application answers with less than 500."""
    host = urllib.parse.urlsplit(base).netloc
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            connection = http.client.HTTPConnection(host, timeout=seconds)
            connection.request("GET", path)
            if connection.getresponse().status < 500:
                return
        except OSError:
            pass
        time.sleep(0.3)
    raise TimeoutError(f"{base}{path} did not answer in {seconds} s")
