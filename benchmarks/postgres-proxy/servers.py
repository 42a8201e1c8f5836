"""PostgreSQL with pgbouncer and Headroom in front of it, as the measurements here need them."""

import contextlib
import glob
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
import measuring  # noqa: E402


def as_postgres(*command):
    """PostgreSQL and pgbouncer refuse to run as root."""
    return ["runuser", "-u", "postgres", "--", *command] if os.geteuid() == 0 else list(command)


def connect_options(port):
    return ["-h", "127.0.0.1", "-p", str(port), "-U", "postgres"]


def pgbench(port, mode, clients, seconds):
    """Throughput (tps) and median latency (µs) of `pgbench -S`; pgbench itself tells the mean only, so the median is of
    every tenth statement, which it logs in whole µs: of a statement, that costs the load little."""
    with tempfile.TemporaryDirectory() as folder:
        out = subprocess.run(
            ["pgbench", *connect_options(port), "-n", "-S", "-M", mode, "-c", str(clients), "-j", "1",
             "-T", str(seconds), "--log", f"--log-prefix={folder}/log", "--sampling-rate=0.1", "bench"],
            capture_output=True, text=True, check=True).stdout
        latencies = []
        for log in glob.glob(f"{folder}/log*"):
            with open(log) as lines:
                latencies += [int(line.split()[2]) for line in lines]
    return {
        "statements": int(re.search(r"processed: (\d+)", out).group(1)),
        "rate": float(re.search(r"tps = ([\d.]+)", out).group(1)),
        "latency": statistics.median_grouped(latencies),
    }


def through_headroom(home, name, direct, folder, started):
    """A `headroom run` of the checkout `home`; its COMMAND only tells where the app would connect to, and listens."""
    told = f"{folder}/told-{name}"
    headroom = subprocess.Popen(
        [f"{home}/headroom", "run", "--port", str(measuring.free_port()), "--out", f"{folder}/{name}.headroom", "--",
         "sh", "-c", f'printf %s "$DATABASE_URL" > {told}.part; mv {told}.part {told};'
         f' exec {sys.executable} -m http.server -b 127.0.0.1 "$PORT"'],
        env={**os.environ, "DATABASE_URL": f"postgresql://postgres@127.0.0.1:{direct}/bench"},
        cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    started.append(headroom)
    while not os.path.exists(told):
        if headroom.poll() is not None:
            sys.exit(f"headroom ended with {headroom.returncode}")
        time.sleep(0.1)
    with open(told) as url:
        port = int(re.search(r":(\d+)/", url.read()).group(1))
    return measuring.Server(name, port, measuring.family(headroom.pid, "java"))


@contextlib.contextmanager
def running(homes):
    """PostgreSQL with a pgbench database, and as servers: direct, pgbouncer, and Headroom of each checkout by name."""
    measuring.end_as_by_ctrl_c()
    bins = sorted(glob.glob("/usr/lib/postgresql/*/bin"))
    if not bins or not shutil.which("pgbouncer"):
        sys.exit("needed: apt-get install postgresql postgresql-contrib pgbouncer")
    os.environ["PATH"] = bins[-1] + ":" + os.environ["PATH"]
    # as `headroom run` tells its app: TLS on loopback would measure TLS
    os.environ["PGSSLMODE"] = "disable"

    folder = tempfile.mkdtemp(prefix="postgres-proxy-bench-")
    os.chmod(folder, 0o777)
    direct, bouncer, data = measuring.free_port(), measuring.free_port(), f"{folder}/data"
    started = []
    try:
        subprocess.run(as_postgres("initdb", "-D", data, "-A", "trust", "-U", "postgres"),
                       cwd=folder, stdout=subprocess.DEVNULL, check=True)
        subprocess.run(as_postgres(
            "pg_ctl", "-D", data, "-w", "-l", f"{folder}/postgres.log", "-o",
            f"-p {direct} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off -c shared_buffers=256MB"
            " -c max_connections=700", "start"), cwd=folder, stdout=subprocess.DEVNULL, check=True)
        subprocess.run(["createdb", *connect_options(direct), "bench"], check=True)
        subprocess.run(["pgbench", *connect_options(direct), "-i", "-q", "-s", "5", "bench"],
                       stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=True)

        with open(f"{folder}/users.txt", "w") as users:
            users.write('"postgres" ""\n')
        with open(f"{folder}/pgbouncer.ini", "w") as ini:
            ini.write(f"[databases]\nbench = host=127.0.0.1 port={direct} dbname=bench\n[pgbouncer]\n"
                      f"listen_addr = 127.0.0.1\nlisten_port = {bouncer}\nunix_socket_dir =\nauth_type = trust\n"
                      f"auth_file = {folder}/users.txt\npool_mode = session\nmax_client_conn = 1000\n"
                      f"default_pool_size = 600\n")
        # each in a session of its own, as services are: the scheduler shares processors out by session
        pool = subprocess.Popen(as_postgres("pgbouncer", "-q", f"{folder}/pgbouncer.ini"), cwd=folder,
                                stderr=subprocess.DEVNULL, start_new_session=True)
        started.append(pool)
        measuring.await_listening(bouncer, pool)
        yield [measuring.Server("direct", direct, []),
               measuring.Server("pgbouncer", bouncer, measuring.family(pool.pid, "pgbouncer")),
               *(through_headroom(home, name, direct, folder, started) for name, home in homes.items())]
    finally:
        measuring.end(started)
        subprocess.run(as_postgres("pg_ctl", "-D", data, "-m", "immediate", "stop"), cwd=folder,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        shutil.rmtree(folder, ignore_errors=True)
