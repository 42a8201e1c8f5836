"""Alternates an app alone with the same app under headroom run; prints medians, and memory at rest."""

import os
import platform
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time

HEADROOM = os.path.abspath("headroom")
REST_SECONDS = 15


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def first_byte(command, port, env, folder):
    """Starts the command; seconds until a GET is answered with 200, and the process."""
    start = time.monotonic()
    process = subprocess.Popen(
        command, env=env, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    while True:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=30) as s:
                s.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                answer = s.recv(12)
                if answer.endswith(b"200"):
                    return time.monotonic() - start, process
        except OSError:
            pass
        if process.poll() is not None or time.monotonic() - start > 60:
            raise SystemExit("%s did not answer" % command)
        time.sleep(0.005)


def end(process):
    process.send_signal(signal.SIGTERM)
    process.wait(timeout=30)


def resident(pid):
    """Resident and proportional set size in MB."""
    with open("/proc/%d/status" % pid) as f:
        rss = next(int(line.split()[1]) for line in f if line.startswith("VmRSS:"))
    with open("/proc/%d/smaps_rollup" % pid) as f:
        pss = next(int(line.split()[1]) for line in f if line.startswith("Pss:"))
    return rss / 1024, pss / 1024


def main():
    rounds = int(sys.argv[1])
    folder = tempfile.mkdtemp()
    python = os.path.realpath(sys.executable)
    env = dict(os.environ, DATABASE_URL="postgres://nobody@127.0.0.1:1/nothing")
    env.pop("PORT", None)
    try:
        alone, under = [], []
        for _ in range(rounds):
            port = free_port()
            seconds, process = first_byte([python, "-m", "http.server", "-b", "127.0.0.1", str(port)], port, env, folder)
            alone.append(seconds)
            end(process)
            port = free_port()
            command = [HEADROOM, "run", "--port", str(port), "--", python, "-m", "http.server", "-b", "127.0.0.1", "{port}"]
            seconds, process = first_byte(command, port, env, folder)
            under.append(seconds)
            end(process)
        beyond = [u - a for u, a in zip(under, alone)]
        print("machine: %s, %d processors, load %.1f" % (platform.platform(), os.cpu_count(), os.getloadavg()[0]))
        print("app alone:          first byte after %.2f s (median of %d)" % (statistics.median(alone), rounds))
        print("under headroom run: first byte after %.2f s" % statistics.median(under))
        print(
            "beyond the app's own start: median %.2f s, least %.2f, most %.2f (limit 1.0)"
            % (statistics.median(beyond), min(beyond), max(beyond))
        )
        port = free_port()
        command = [HEADROOM, "run", "--port", str(port), "--", python, "-m", "http.server", "-b", "127.0.0.1", "{port}"]
        _, process = first_byte(command, port, env, folder)
        time.sleep(REST_SECONDS)
        print("at rest, %d s later: resident %.0f MB, proportional %.0f MB (limit 80)" % (REST_SECONDS, *resident(process.pid)))
        end(process)
        start = time.monotonic()
        for _ in range(5):
            subprocess.run([HEADROOM, "--version"], check=True, stdout=subprocess.DEVNULL)
        print("headroom --version: %.2f s (mean of 5; limit 0.5)" % ((time.monotonic() - start) / 5))
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
