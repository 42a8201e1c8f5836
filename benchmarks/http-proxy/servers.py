"""nginx with files, and nginx and Headroom as proxies in front of it, as the measurements here need them."""

import contextlib
import os
import re
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))
import measuring  # noqa: E402


def load(port, path, connections, seconds, core):
    """Requests, requests a second and median latency (µs) of `wrk`."""
    out = subprocess.run(
        ["taskset", "-c", core, "wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency",
         f"http://127.0.0.1:{port}/{path}"],
        capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in out or "Socket errors" in out:
        sys.exit(f"wrk met errors on port {port}:\n{out}")
    amount, unit = re.search(r"50%\s+([\d.]+)(us|ms|s)", out).groups()
    return {
        "requests": int(re.search(r"(\d+) requests in", out).group(1)),
        "rate": float(re.search(r"Requests/sec:\s+([\d.]+)", out).group(1)),
        "p50": float(amount) * {"us": 1, "ms": 1e3, "s": 1e6}[unit],
    }


@contextlib.contextmanager
def running(homes, proxy_core, load_core):
    """As servers: the app itself, nginx as a proxy, and Headroom of each checkout by name."""
    measuring.end_as_by_ctrl_c()
    for tool in ("wrk", "nginx", "taskset"):
        if not shutil.which(tool):
            sys.exit(f"{tool} is not installed: apt-get install wrk nginx-light util-linux")
    folder = tempfile.mkdtemp(prefix="http-proxy-bench-")
    os.chmod(folder, 0o755)  # for nginx workers that run as another user
    os.makedirs(f"{folder}/www")
    for name, size in (("small.txt", 200), ("large.txt", 102_400), ("large.bin", 102_400)):
        with open(f"{folder}/www/{name}", "wb") as file:
            file.write((b"word%07d " % 1234567 * (size // 12 + 1))[:size])

    def configured(template, name, **values):
        with open(f"{HERE}/{template}") as source:
            text = source.read().replace("@DIR@", folder)
        for key, value in values.items():
            text = text.replace(f"@{key}@", str(value))
        path = f"{folder}/{name}"
        with open(path, "w") as target:
            target.write(text)
        return path

    started = []

    def start(command, **more):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, **more)
        started.append(process)
        return process

    try:
        direct, nginx_port = measuring.free_port(), measuring.free_port()
        app = start(["taskset", "-c", load_core, "nginx", "-p", folder, "-c",
                     configured("app.conf", "direct.conf", PORT=direct)])
        measuring.await_listening(direct, app)
        nginx = start(["taskset", "-c", proxy_core, "nginx", "-p", folder, "-c",
                       configured("nginx.conf", "nginx.conf", PORT=nginx_port, APP=direct)])
        measuring.await_listening(nginx_port, nginx)
        servers = [measuring.Server("direct", direct, []),
                   measuring.Server("nginx", nginx_port, [nginx.pid] + measuring.children(nginx.pid))]
        configured("app.conf", "behind.conf")
        for name, home in homes.items():
            port = measuring.free_port()
            behind = (f"sed 's/@PORT@/'$PORT'/; s/app[.]pid/{name}.pid/' {folder}/behind.conf > {folder}/{name}.conf; "
                      f"exec taskset -c {load_core} nginx -p {folder} -c {folder}/{name}.conf")
            headroom = start(["taskset", "-c", proxy_core, f"{home}/headroom", "run", "--port", str(port),
                              "--out", f"{folder}/{name}.headroom", "--", "sh", "-c", behind], cwd=folder)
            measuring.await_listening(port, headroom)
            servers.append(measuring.Server(name, port, measuring.family(headroom.pid, "java") or [headroom.pid]))
        yield servers
    finally:
        measuring.end(started)
        shutil.rmtree(folder, ignore_errors=True)
