"""A PostgreSQL of the tests' own, with a log of every statement; stopped at exit."""

import atexit
import glob
import os
import pwd
import random
import re
import shutil
import socket
import subprocess
import tempfile

_running = None


def free_port():
    """One that is free now, and that the system gives to nobody who asks for just any (below ip_local_port_range)."""
    while True:
        port = random.randrange(20000, 32000)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
                return port
            except OSError:
                pass  # taken


def missing():
    """Why there can be no cluster; None where there can."""
    return None if _binaries() else "PostgreSQL's initdb is neither on PATH nor under /usr/lib/postgresql"


def cluster():
    """The tests' cluster, started on first use."""
    global _running
    if _running is None:
        _running = Cluster()
        atexit.register(_running.stop)
    return _running


def _binaries():
    found = shutil.which("initdb")
    if found:
        return os.path.dirname(found)
    return max(glob.glob("/usr/lib/postgresql/*/bin"), default=None)


class Cluster(object):
    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="headroom-pg-")
        self.port = free_port()
        self.log = os.path.join(self.folder, "statements.log")
        self.binaries = _binaries()
        if os.getuid() == 0:
            # PostgreSQL refuses to run as root.
            owner = next((name for name in ("postgres", "nobody") if _exists(name)))
            os.chown(self.folder, pwd.getpwnam(owner).pw_uid, -1)
            self.prefix = ["setpriv", "--reuid=" + owner, "--clear-groups"]
        else:
            self.prefix = []
        data = os.path.join(self.folder, "data")
        self._run("initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C")
        settings = {
            "port": self.port,
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": "''",
            "fsync": "off",
            "max_connections": 200,
            "timezone": "UTC",
            "log_statement": "all",
            "log_line_prefix": "'%p|'",
        }
        options = " ".join("-c %s=%s" % item for item in settings.items())
        self._run("pg_ctl", "-D", data, "-o", options, "-l", self.log, "-w", "start")
        # Waits for the end of its input, which comes with our own end, however that comes.
        stop = self.prefix + [os.path.join(self.binaries, "pg_ctl"), "-D", data, "-m", "immediate", "stop"]
        self._end = subprocess.Popen(
            ["/bin/sh", "-c", 'cat; "$@"; rm -rf "$0"', self.folder] + stop,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd="/",
            start_new_session=True,
        )

    def url(self, database="postgres"):
        return "postgres://postgres@127.0.0.1:%d/%s" % (self.port, database)

    def create(self, database):
        """A new database; its URL."""
        import psycopg2

        connection = psycopg2.connect(self.url())
        connection.autocommit = True  # a database is not created in a transaction
        connection.cursor().execute('CREATE DATABASE "%s"' % database)
        connection.close()
        return self.url(database)

    def statements(self):
        """The texts of all statements so far, by backend pid, in order."""
        by_backend = {}
        pid = None
        with open(self.log) as log:
            for line in log:
                match = re.match(r"(\d+)\|LOG:  (?:statement|execute [^:]*): (.*)", line)
                if match:
                    pid = int(match.group(1))
                    by_backend.setdefault(pid, []).append(match.group(2))
        return by_backend

    def stop(self):
        self._end.stdin.close()
        self._end.wait()

    def _run(self, program, *arguments):
        command = self.prefix + [os.path.join(self.binaries, program)] + list(arguments)
        # Inherited pipes would stay open in the server: everything goes to a file.
        with tempfile.TemporaryFile() as output:
            done = subprocess.run(command, stdout=output, stderr=subprocess.STDOUT, cwd="/", timeout=120)
            if done.returncode:
                output.seek(0)
                raise RuntimeError("%s failed: %s" % (program, output.read().decode("utf-8", "replace")))


def _exists(name):
    try:
        return bool(pwd.getpwnam(name))
    except KeyError:
        return False
